package io.urubu.classad.regex;

/** The classes that have names, such as {@code [:alpha:]}. */
final class PosixClasses {
  private PosixClasses() {}

  /** Reads {@code :alpha:]} behind its bracket. */
  static ByteSet read(Cursor cursor, boolean ignoreCase) throws MalformedPatternException {
    if (!cursor.take(":")) {
      throw cursor.malformed("a collating element");
    }
    boolean negative = cursor.take("^");
    ByteSet set = named(cursor, cursor.until(":]"), ignoreCase);
    return negative ? set.not() : set;
  }

  private static ByteSet named(Cursor cursor, String name, boolean ignoreCase)
      throws MalformedPatternException {
    return switch (name) {
      case "alnum" -> ByteSet.where(c -> ByteSet.isLetter(c) || ByteSet.isDigit(c));
      case "alpha" -> ByteSet.where(ByteSet::isLetter);
      case "ascii" -> ByteSet.range(0, 127);
      case "blank" -> ByteSet.where(c -> c == ' ' || c == '\t');
      case "cntrl" -> ByteSet.where(c -> c < ' ' || c == 127);
      case "digit" -> ByteSet.DIGIT;
      case "graph" -> ByteSet.range('!', '~');
      case "lower" -> folded(ByteSet.range('a', 'z'), ignoreCase);
      case "print" -> ByteSet.range(' ', '~');
      case "punct" ->
          ByteSet.where(c -> c > ' ' && c < 127 && !ByteSet.isLetter(c) && !ByteSet.isDigit(c));
      case "space" -> ByteSet.SPACE;
      case "upper" -> folded(ByteSet.range('A', 'Z'), ignoreCase);
      case "word" -> ByteSet.WORD;
      case "xdigit" -> ByteSet.where(c -> c < 128 && Character.digit(c, 16) >= 0);
      default -> throw cursor.malformed("no class " + name);
    };
  }

  private static ByteSet folded(ByteSet set, boolean ignoreCase) {
    return ignoreCase ? set.folded() : set;
  }
}
