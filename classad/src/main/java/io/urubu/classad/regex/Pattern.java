package io.urubu.classad.regex;

import io.urubu.classad.limit.Limits;
import org.jspecify.annotations.Nullable;

/** A regular expression over bytes, read once. Immutable. */
public final class Pattern {
  private final int[] code;
  private final ByteSet[] sets;
  private final int registers;
  private final int groups;
  private final boolean anchored;
  private final boolean fromLineStarts;
  private final @Nullable ByteSet starts;

  private Pattern(PatternParser.Parsed parsed) throws MalformedPatternException {
    Tree tree = parsed.tree();
    Assembler assembled = Assembler.assemble(tree, parsed.groups());
    this.code = assembled.code();
    this.sets = assembled.sets();
    this.registers = assembled.registers();
    this.groups = parsed.groups().count();
    this.anchored = Starts.isAnchored(tree);
    this.fromLineStarts = Starts.beginsWithAnything(tree);
    this.starts = Starts.bytes(tree);
  }

  /**
   * Reads a pattern.
   *
   * @param bytes the pattern, one byte per char
   * @param options of the letters i, m, s and x; others are ignored
   */
  public static Pattern compile(String bytes, String options) throws MalformedPatternException {
    if (bytes.length() > Limits.PATTERN_CHARS) {
      throw new MalformedPatternException(
          "a pattern of more than " + Limits.PATTERN_CHARS + " bytes", 0);
    }
    return new Pattern(PatternParser.parse(bytes, Flags.of(options)));
  }

  /** Searches these bytes, one per char. */
  public Matcher matcher(String bytes) {
    return new Matcher(this, bytes);
  }

  /** How many instructions it came to. */
  public int size() {
    return code.length / Code.WIDTH;
  }

  int[] code() {
    return code;
  }

  ByteSet[] sets() {
    return sets;
  }

  int registers() {
    return registers;
  }

  int groups() {
    return groups;
  }

  /** The first place from this one on where a match may begin; beyond the text if there is none. */
  int candidate(String text, int from) {
    if (anchored) {
      return from == 0 ? 0 : text.length() + 1;
    }
    int at = from;
    if (fromLineStarts) {
      while (at > 0 && at <= text.length() && text.charAt(at - 1) != '\n') {
        at++;
      }
      return at;
    }
    if (starts == null) {
      return at;
    }
    while (at < text.length() && !starts.has(text.charAt(at))) {
      at++;
    }
    return at < text.length() ? at : text.length() + 1;
  }
}
