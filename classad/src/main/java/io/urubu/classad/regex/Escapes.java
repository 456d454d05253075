package io.urubu.classad.regex;

import org.jspecify.annotations.Nullable;

/** What a backslash means, inside and outside of classes. */
final class Escapes {
  private static final int LARGEST_BYTE = 255;

  private Escapes() {}

  /** The set that a letter behind a backslash stands for; null if it is none. */
  static @Nullable ByteSet set(Cursor cursor) throws MalformedPatternException {
    char letter = cursor.peek();
    ByteSet set =
        switch (letter) {
          case 'd', 'D' -> ByteSet.DIGIT;
          case 'w', 'W' -> ByteSet.WORD;
          case 's', 'S' -> ByteSet.SPACE;
          case 'h', 'H' -> ByteSet.HORIZONTAL;
          case 'v', 'V' -> ByteSet.VERTICAL;
          default -> null;
        };
    boolean property = letter == 'p' || letter == 'P';
    if (set == null && !property) {
      return null;
    }
    cursor.next();
    boolean upper = letter < 'a';
    ByteSet found = set == null ? Properties.read(cursor) : set;
    return upper ? found.not() : found;
  }

  /** The byte that what stands behind a backslash means. */
  static int literal(Cursor cursor) throws MalformedPatternException {
    if (cursor.isAtEnd()) {
      throw cursor.malformed("a backslash at the end");
    }
    char c = cursor.next();
    return switch (c) {
      case 'a' -> 7;
      case 'e' -> 27;
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'x' -> hexadecimal(cursor);
      case 'o' -> octalInBraces(cursor);
      case 'c' -> control(cursor);
      default -> {
        if (c >= '0' && c <= '7') {
          yield octal(cursor, c - '0', 2);
        }
        if (ByteSet.isLetter(c) || ByteSet.isDigit(c)) {
          throw cursor.malformed("\\" + c + " has no meaning");
        }
        yield c;
      }
    };
  }

  private static int octal(Cursor cursor, int first, int more) throws MalformedPatternException {
    int value = first;
    for (int i = 0; i < more && cursor.peek() >= '0' && cursor.peek() <= '7'; i++) {
      value = value * 8 + (cursor.next() - '0');
    }
    return checked(cursor, value);
  }

  private static int octalInBraces(Cursor cursor) throws MalformedPatternException {
    cursor.expect("{");
    return inBraces(cursor, 8);
  }

  private static int hexadecimal(Cursor cursor) throws MalformedPatternException {
    if (cursor.take("{")) {
      return inBraces(cursor, 16);
    }
    int value = 0;
    int digits = 0;
    while (digits < 2 && hexadecimalDigit(cursor.peek()) >= 0) {
      value = value * 16 + hexadecimalDigit(cursor.next());
      digits++;
    }
    if (digits == 0) {
      throw cursor.malformed("\\x without digits");
    }
    return value;
  }

  private static int inBraces(Cursor cursor, int radix) throws MalformedPatternException {
    cursor.skipBlanks();
    int value = 0;
    int digits = 0;
    while (true) {
      int digit = hexadecimalDigit(cursor.peek());
      if (digit < 0 || digit >= radix) {
        break;
      }
      cursor.next();
      value = checked(cursor, value * radix + digit);
      digits++;
    }
    cursor.skipBlanks();
    if (digits == 0) {
      throw cursor.malformed("a number without digits");
    }
    cursor.expect("}");
    return value;
  }

  private static int hexadecimalDigit(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }

  private static int control(Cursor cursor) throws MalformedPatternException {
    char c = cursor.peek();
    if (c < ' ' || c > '~') {
      throw cursor.malformed("\\c without a character");
    }
    cursor.next();
    return (c >= 'a' && c <= 'z' ? c - 0x20 : c) ^ 0x40;
  }

  private static int checked(Cursor cursor, int value) throws MalformedPatternException {
    if (value > LARGEST_BYTE) {
      throw cursor.malformed("a number that is no byte");
    }
    return value;
  }
}
