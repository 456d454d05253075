package io.urubu.classad.regex;

import org.jspecify.annotations.Nullable;

/** How often something is repeated. */
record Times(int fewest, int most, char suffix) {
  /** Null if no repeat comes next. */
  static @Nullable Times read(Cursor cursor, boolean layout) throws MalformedPatternException {
    int[] range = {0, Tree.UNBOUNDED};
    switch (cursor.peek()) {
      case '*' -> cursor.next();
      case '+' -> {
        cursor.next();
        range[0] = 1;
      }
      case '?' -> {
        cursor.next();
        range[1] = 1;
      }
      case '{' -> {
        if (!counted(cursor, range)) {
          return null;
        }
      }
      default -> {
        return null;
      }
    }
    while (cursor.skipsLayout(layout)) {
      // as long as there is some
    }
    char suffix = cursor.take("?") ? '?' : cursor.take("+") ? '+' : ' ';
    return new Times(range[0], range[1], suffix);
  }

  private static boolean counted(Cursor cursor, int[] range) throws MalformedPatternException {
    int start = cursor.at();
    cursor.next();
    cursor.skipBlanks();
    int fewest = digitsFit(cursor) ? cursor.number() : -1;
    cursor.skipBlanks();
    boolean comma = cursor.take(",");
    cursor.skipBlanks();
    int most = comma && digitsFit(cursor) ? cursor.number() : -1;
    cursor.skipBlanks();
    if (!cursor.take("}") || (fewest < 0 && most < 0)) {
      cursor.back(start);
      return false;
    }
    range[0] = Math.max(fewest, 0);
    range[1] = most >= 0 ? most : comma ? Tree.UNBOUNDED : range[0];
    if (range[0] > range[1]) {
      throw cursor.malformed("a repeat with its numbers out of order");
    }
    return true;
  }

  private static boolean digitsFit(Cursor cursor) {
    return ByteSet.isDigit(cursor.peek());
  }

  Tree of(Tree body, boolean lazyByDefault) {
    Tree.Greed greed =
        suffix == '+'
            ? Tree.Greed.POSSESSIVE
            : (suffix == '?') == lazyByDefault ? Tree.Greed.GREEDY : Tree.Greed.LAZY;
    if (body instanceof Tree.Look) {
      return new Tree.Repeat(body, Math.min(fewest, 1), Math.min(most, 1), greed);
    }
    return new Tree.Repeat(body, fewest, most, greed);
  }
}
