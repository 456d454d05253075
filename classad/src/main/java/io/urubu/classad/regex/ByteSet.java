package io.urubu.classad.regex;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** A set of bytes. Immutable. */
final class ByteSet {
  static final ByteSet ALL = where(_ -> true);
  static final ByteSet NONE = where(_ -> false);
  static final ByteSet NOT_NEWLINE = where(c -> c != '\n');
  static final ByteSet DIGIT = where(ByteSet::isDigit);
  static final ByteSet WORD = where(c -> isLetter(c) || isDigit(c) || c == '_');
  static final ByteSet SPACE = where(c -> c == ' ' || (c >= '\t' && c <= '\r'));
  static final ByteSet HORIZONTAL = where(c -> c == ' ' || c == '\t' || c == 0xA0);
  static final ByteSet VERTICAL = where(c -> (c >= '\n' && c <= '\r') || c == 0x85);

  private final long[] bits;

  private ByteSet(long[] bits) {
    this.bits = bits;
  }

  static ByteSet where(IntPredicate holds) {
    long[] bits = new long[4];
    for (int c = 0; c < 256; c++) {
      if (holds.test(c)) {
        bits[c >> 6] |= 1L << c;
      }
    }
    return new ByteSet(bits);
  }

  static ByteSet of(int c) {
    long[] bits = new long[4];
    bits[c >> 6] = 1L << c;
    return new ByteSet(bits);
  }

  static ByteSet range(int from, int to) {
    return where(c -> c >= from && c <= to);
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  boolean has(int c) {
    return c < 256 && (bits[c >> 6] & (1L << c)) != 0;
  }

  ByteSet or(ByteSet other) {
    long[] union = new long[4];
    for (int i = 0; i < 4; i++) {
      union[i] = bits[i] | other.bits[i];
    }
    return new ByteSet(union);
  }

  ByteSet not() {
    return new ByteSet(new long[] {~bits[0], ~bits[1], ~bits[2], ~bits[3]});
  }

  /** With the letters of the other case. */
  ByteSet folded() {
    long letters = bits[1] & (0x07FFFFFEL | (0x07FFFFFEL << 32));
    return new ByteSet(
        new long[] {bits[0], bits[1] | (letters << 32) | (letters >>> 32), bits[2], bits[3]});
  }

  /** The only byte of the set; -1 if there are more or none. */
  int single() {
    int count = 0;
    int found = -1;
    for (int i = 0; i < 4; i++) {
      count += Long.bitCount(bits[i]);
      if (bits[i] != 0) {
        found = i * 64 + Long.numberOfTrailingZeros(bits[i]);
      }
    }
    return count == 1 ? found : -1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ByteSet that && Arrays.equals(bits, that.bits);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bits);
  }
}
