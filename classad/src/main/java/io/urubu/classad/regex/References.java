package io.urubu.classad.regex;

import org.jspecify.annotations.Nullable;

/** References to groups: {@code \1}, {@code \g{-1}}, {@code \k<name>}. */
final class References {
  private References() {}

  /** Reads what stands behind a backslash; null if it is no reference. */
  static Groups.@Nullable Target read(Cursor cursor, int groups) throws MalformedPatternException {
    char c = cursor.peek();
    if (c >= '1' && c <= '9') {
      return digits(cursor, groups);
    }
    if (cursor.take("k")) {
      return named(cursor);
    }
    if (!cursor.take("g")) {
      return null;
    }
    boolean braces = cursor.take("{");
    if (braces) {
      cursor.skipBlanks();
    }
    Groups.Target target = numbered(cursor, groups);
    if (target == null && !braces) {
      throw cursor.malformed("a reference to no group");
    }
    if (target == null) {
      return new Groups.Target(0, cursor.until("}").strip());
    }
    if (braces) {
      cursor.skipBlanks();
      cursor.expect("}");
    }
    return target;
  }

  /** One digit is always a reference; more are one if there are as many groups, else octal. */
  private static Groups.@Nullable Target digits(Cursor cursor, int groups)
      throws MalformedPatternException {
    int start = cursor.at();
    boolean octal = cursor.peek() < '8';
    int number = cursor.number();
    if (number < 10 || !octal || number <= groups) {
      return new Groups.Target(number, "");
    }
    cursor.back(start);
    return null;
  }

  private static Groups.Target named(Cursor cursor) throws MalformedPatternException {
    String end = cursor.take("<") ? ">" : cursor.take("{") ? "}" : cursor.take("'") ? "'" : "";
    if (end.isEmpty()) {
      throw cursor.malformed("a reference without a name");
    }
    return new Groups.Target(0, cursor.until(end).strip());
  }

  /** A number, from here if it has a sign; null if there is none. */
  static Groups.@Nullable Target numbered(Cursor cursor, int groups)
      throws MalformedPatternException {
    boolean minus = cursor.take("-");
    boolean plus = !minus && cursor.take("+");
    int number = cursor.number();
    if (number < 0) {
      return null;
    }
    return new Groups.Target(minus ? groups + 1 - number : plus ? groups + number : number, "");
  }
}
