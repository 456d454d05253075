package io.urubu.classad.json;

import io.urubu.classad.parse.ParseException;
import io.urubu.classad.parse.SourceText;

/** Where the reader of JSON stands in its text. */
final class JsonLexer {
  static final int END = -1;

  private final SourceText source;
  private final String text;
  private int at;

  JsonLexer(SourceText source) {
    this.source = source;
    this.text = source.text();
  }

  int at() {
    return at;
  }

  /** The next char behind blanks and comments, which are taken. */
  int peek() throws ParseException {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ' ' || (c >= '\t' && c <= '\r')) {
        at++;
      } else if (text.startsWith("//", at)) {
        int newline = text.indexOf('\n', at);
        at = newline < 0 ? text.length() : newline;
      } else if (text.startsWith("/*", at)) {
        int close = text.indexOf("*/", at + 2);
        if (close < 0) {
          throw problem("a comment that does not end, expected '*/'");
        }
        at = close + 2;
      } else {
        return c;
      }
    }
    return END;
  }

  void expect(char c) throws ParseException {
    expect(c, "'" + c + "'");
  }

  void expect(char c, String expected) throws ParseException {
    if (peek() != c) {
      throw unexpected(expected);
    }
    at++;
  }

  /** The string that begins here. */
  JsonString string() throws ParseException {
    JsonString string = JsonString.read(source, at);
    at = string.end();
    return string;
  }

  /** The letters and digits that come next, and what else a number may have. */
  String word() {
    int from = at;
    while (at < text.length() && isWord(text.charAt(at))) {
      at++;
    }
    return text.substring(from, at);
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-' || c == '+';
  }

  ParseException problem(String problem) {
    return problemAt(at, problem);
  }

  ParseException problemAt(int offset, String problem) {
    return source.problem(offset, problem);
  }

  ParseException unexpected(String expected) throws ParseException {
    peek();
    return unexpectedAt(at, expected);
  }

  ParseException unexpectedAt(int offset, String expected) {
    return problemAt(offset, "unexpected " + seen(offset) + ", expected " + expected);
  }

  private String seen(int offset) {
    if (offset >= text.length()) {
      return "end";
    }
    if (text.charAt(offset) == '"') {
      return "string";
    }
    int end = offset;
    while (end < text.length() && isWord(text.charAt(end)) && end - offset < 30) {
      end++;
    }
    end = Math.max(end, text.offsetByCodePoints(offset, 1));
    return "'" + text.substring(offset, end) + "'";
  }
}
