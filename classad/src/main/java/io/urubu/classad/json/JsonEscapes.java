package io.urubu.classad.json;

import io.urubu.classad.ast.ByteText;
import io.urubu.classad.parse.ParseException;
import io.urubu.classad.parse.SourceText;

/**
 * What a piece of a string stands for, its escapes resolved; in place, blanks before the char take
 * the room of its escape.
 */
final class JsonEscapes {
  private final SourceText source;
  private final String text;
  private final int end;
  private final boolean inPlace;
  private int at;

  JsonEscapes(SourceText source, int from, int end, boolean inPlace) {
    this.source = source;
    this.text = source.text();
    this.at = from;
    this.end = end;
    this.inPlace = inPlace;
  }

  String decode() throws ParseException {
    StringBuilder content = new StringBuilder(end - at);
    boolean bytes = false;
    while (at < end) {
      int from = at;
      char c = text.charAt(at);
      if (c == 0) {
        throw nul();
      }
      char decoded = c == '\\' ? escape() : text.charAt(at++);
      bytes |= c == '\\' && Character.isSurrogate(decoded);
      content
          .repeat(' ', inPlace ? at - from - 1 : 0)
          .append(inPlace && decoded == '\n' && c != decoded ? ' ' : decoded);
    }
    return bytes ? harmless(content) : content.toString();
  }

  private char escape() throws ParseException {
    char c = text.charAt(at + 1);
    if (c == 'u') {
      return unicode();
    }
    at += 2;
    return switch (c) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case '"', '\\', '/' -> c;
      default ->
          throw source.problem(
              at - 2,
              "no escape of JSON, expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u0000");
    };
  }

  private char unicode() throws ParseException {
    int value = 0;
    for (int i = at + 2; i < at + 6; i++) {
      int digit = i < end && text.charAt(i) < 0x80 ? Character.digit(text.charAt(i), 16) : -1;
      if (digit < 0) {
        throw source.problem(
            at, "an escape that is cut short, expected \\u and four digits 0-9 a-f");
      }
      value = value * 16 + digit;
    }
    if (value == 0) {
      throw nul();
    }
    at += 6;
    return (char) value;
  }

  /** Halves of characters without the other half are none, but for those that stand for bytes. */
  private static String harmless(StringBuilder content) {
    for (int i = 0; i < content.length(); i++) {
      char c = content.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < content.length()
              && Character.isLowSurrogate(content.charAt(i + 1));
      if (pair) {
        i++;
      } else if (Character.isSurrogate(c) && !(c >= 0xDC80 && c <= 0xDCFF)) {
        content.setCharAt(i, '\uFFFD');
      }
    }
    return ByteText.joined(content.toString());
  }

  private ParseException nul() {
    return source.problem(at, "a NUL in a string, which no string can hold");
  }
}
