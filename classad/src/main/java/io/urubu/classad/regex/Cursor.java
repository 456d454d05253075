package io.urubu.classad.regex;

/** The text of a pattern and how far it was read. */
final class Cursor {
  private static final int LARGEST_NUMBER = 65_535;

  private final String text;
  private int at;

  Cursor(String text) {
    this.text = text;
  }

  boolean isAtEnd() {
    return at >= text.length();
  }

  int at() {
    return at;
  }

  void back(int to) {
    at = to;
  }

  /** The char that comes next; U+FFFF at the end. */
  char peek() {
    return peek(0);
  }

  char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : '\uFFFF';
  }

  char next() {
    return text.charAt(at++);
  }

  /** Takes the text if it comes next. */
  boolean take(String expected) {
    boolean found = text.startsWith(expected, at);
    if (found) {
      at += expected.length();
    }
    return found;
  }

  void expect(String expected) throws MalformedPatternException {
    if (!take(expected)) {
      throw malformed("expected '" + expected + "'");
    }
  }

  /** The text up to this one, which is taken as well. */
  String until(String end) throws MalformedPatternException {
    int found = text.indexOf(end, at);
    if (found < 0) {
      throw malformed("expected '" + end + "'");
    }
    String before = text.substring(at, found);
    at = found + end.length();
    return before;
  }

  /** A decimal number; -1 if no digit comes next. */
  int number() throws MalformedPatternException {
    int from = at;
    int value = 0;
    while (ByteSet.isDigit(peek())) {
      value = value * 10 + (next() - '0');
      if (value > LARGEST_NUMBER) {
        throw malformed("a number that is too large");
      }
    }
    return at == from ? -1 : value;
  }

  void skipBlanks() {
    while (peek() == ' ' || peek() == '\t') {
      at++;
    }
  }

  /** Skips a comment, and blanks where the option x makes them mean nothing; false if none. */
  boolean skipsLayout(boolean layout) throws MalformedPatternException {
    if (take("(?#")) {
      until(")");
      return true;
    }
    int before = at;
    if (layout) {
      skipLayout();
    }
    return at > before;
  }

  private void skipLayout() {
    while (!isAtEnd()) {
      if (ByteSet.SPACE.has(peek())) {
        at++;
      } else if (peek() == '#') {
        int newline = text.indexOf('\n', at);
        at = newline < 0 ? text.length() : newline + 1;
      } else {
        return;
      }
    }
  }

  MalformedPatternException malformed(String problem) {
    return new MalformedPatternException(problem, at);
  }
}
