package io.urubu.classad.parse;

import io.urubu.classad.ast.ByteText;

/** Reads quoted strings and quoted names. */
final class Strings {
  private final SourceText source;
  private final String text;
  private final Syntax syntax;
  private int at;
  private boolean bytes;

  Strings(SourceText source, Syntax syntax) {
    this.source = source;
    this.text = source.text();
    this.syntax = syntax;
  }

  /** Where the string read last ends. */
  int end() {
    return at;
  }

  /** The content of the string that begins at {@code from}, with those glued to it by blanks. */
  String read(int from, char quote) throws ParseException {
    at = from;
    bytes = false;
    String content = one(quote);
    if (syntax == Syntax.NEW) {
      int next = skipBlanks(at);
      if (next < text.length() && text.charAt(next) == quote) {
        StringBuilder whole = new StringBuilder(content);
        while (next < text.length() && text.charAt(next) == quote) {
          at = next;
          whole.append(one(quote));
          next = skipBlanks(at);
        }
        content = whole.toString();
      }
    }
    return bytes ? ByteText.joined(content) : content;
  }

  private String one(char quote) throws ParseException {
    int from = at++;
    int plain = at;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == quote) {
        return text.substring(plain, at++);
      }
      if (c == '\\') {
        return syntax == Syntax.NEW ? escaped(from, plain, quote) : old(from, plain, quote);
      }
      if (c == 0) {
        throw nul(at);
      }
      at++;
    }
    throw unterminated(from, quote);
  }

  private String escaped(int from, int plain, char quote) throws ParseException {
    StringBuilder content = new StringBuilder(text.substring(plain, at));
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == quote) {
        return content.toString();
      }
      if (c == 0) {
        throw nul(at - 1);
      }
      if (c != '\\') {
        content.append(c);
      } else if (at < text.length()) {
        escape(content, text.charAt(at++));
      }
    }
    throw unterminated(from, quote);
  }

  private void escape(StringBuilder content, char c) throws ParseException {
    switch (c) {
      case 'a' -> content.append('\u0007');
      case 'b' -> content.append('\b');
      case 'f' -> content.append('\f');
      case 'n' -> content.append('\n');
      case 'r' -> content.append('\r');
      case 't' -> content.append('\t');
      case 'v' -> content.append('\u000b');
      default -> {
        if (isOctal(c)) {
          octal(content, c - '0');
        } else if (c == 0) {
          throw nul(at - 1);
        } else {
          content.append(c);
        }
      }
    }
  }

  /** Two octal digits, three if the value still fits a byte. */
  private void octal(StringBuilder content, int first) throws ParseException {
    int from = at - 2;
    int value = first;
    for (int more = 0; more < 2 && at < text.length() && isOctal(text.charAt(at)); more++) {
      if (value >= 32) {
        break;
      }
      value = value * 8 + (text.charAt(at++) - '0');
    }
    if (value == 0) {
      throw nul(from);
    }
    if (value >= 0x80) {
      bytes = true;
      content.append((char) (0xDC00 + value));
    } else {
      content.append((char) value);
    }
  }

  /** A backslash counts only before a quote, and not there if the quote ends the line. */
  private String old(int from, int plain, char quote) throws ParseException {
    StringBuilder content = new StringBuilder(text.substring(plain, at));
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == quote) {
        return content.toString();
      }
      if (c == 0) {
        throw nul(at - 1);
      }
      boolean beforeQuote = c == '\\' && at < text.length() && text.charAt(at) == quote;
      if (beforeQuote && at + 1 < text.length() && text.charAt(at + 1) != '\n') {
        content.append(quote);
        at++;
      } else {
        content.append(c);
      }
    }
    throw unterminated(from, quote);
  }

  private int skipBlanks(int from) {
    int next = from;
    while (next < text.length()
        && (text.charAt(next) == ' ' || (text.charAt(next) >= '\t' && text.charAt(next) <= '\r'))) {
      next++;
    }
    return next;
  }

  private ParseException nul(int offset) {
    return source.problem(offset, "a NUL in a string, expected any other character");
  }

  private ParseException unterminated(int from, char quote) {
    if (quote == '\'') {
      return source.problem(
          from, "a quoted name that does not end, expected ' (strings stand in double quotes: \")");
    }
    String mend =
        new Surroundings(source.until(from), syntax, from)
            .runaway()
            .map(Mend::runaway)
            .orElse(
                text.lastIndexOf("\\\"") > from
                    ? "one behind a backslash belongs to the string"
                    : "");
    return source.problem(
        from,
        "a string that does not end, expected \"" + (mend.isEmpty() ? "" : " (" + mend + ")"));
  }

  private static boolean isOctal(char c) {
    return c >= '0' && c <= '7';
  }
}
