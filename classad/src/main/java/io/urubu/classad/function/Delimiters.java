package io.urubu.classad.function;

import java.util.BitSet;

/** The chars that part the items of a string; finding one takes as long however many there are. */
final class Delimiters {
  private static final int FEW = 8;

  private final String few;
  private final BitSet many;

  private Delimiters(String few, BitSet many) {
    this.few = few;
    this.many = many;
  }

  static Delimiters of(String chars) {
    BitSet many = new BitSet();
    if (chars.length() <= FEW) {
      return new Delimiters(chars, many);
    }
    chars.chars().forEach(many::set);
    return new Delimiters("", many);
  }

  boolean has(char c) {
    return few.indexOf(c) >= 0 || many.get(c);
  }
}
