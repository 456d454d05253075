package io.urubu.classad.print;

import io.urubu.classad.ast.ByteText;
import io.urubu.classad.ast.Literal;

/** Writes literals. */
final class Literals {
  private static final double LONGEST_INTERVAL = 24_000 * 86_400.0;

  private Literals() {}

  static void print(Literal literal, Style style, StringBuilder out) {
    switch (literal) {
      case Literal.Undefined _ -> out.append("undefined");
      case Literal.Failure _ -> out.append("error");
      case Literal.Bool(boolean value, _) -> out.append(value);
      case Literal.Int(long value, _) -> out.append(value);
      case Literal.Real(double value, _) -> out.append(Reals.print(value, style));
      case Literal.Text(String value, _) -> text(value, style, out);
      case Literal.Moment(long seconds, int offset, _) ->
          out.append(style.isExact() ? Times.exact(seconds, offset) : Times.call(seconds, offset));
      // Its text is read with 32 bits; as a literal it is a real anyway.
      case Literal.Interval(double seconds, _)
          when style.isExact() && !(Math.abs(seconds) < LONGEST_INTERVAL) ->
          out.append(Reals.print(seconds, style));
      case Literal.Interval(double seconds, _) ->
          out.append("relTime(\"")
              .append(style.isExact() ? Times.exactInterval(seconds) : Times.interval(seconds))
              .append("\")");
    }
  }

  private static void text(String value, Style style, StringBuilder out) {
    if (!style.isOld()) {
      out.append('"');
      escaped(value, '"', style.isTraditional(), out);
      out.append('"');
    } else if (style.isExact() && !fitsOldSyntax(value)) {
      StringBuilder quoted = new StringBuilder("\"");
      escaped(value, '"', false, quoted);
      out.append("eval(");
      old(quoted.append('"').toString(), out);
      out.append(')');
    } else {
      old(value, out);
    }
  }

  /** Old syntax has no way to write a line break, and a backslash at the end escapes the quote. */
  static boolean fitsOldSyntax(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || ByteText.isLone(value, i)) {
        return false;
      }
    }
    return !value.endsWith("\\");
  }

  /** Writes the text with its quotes escaped and nothing else. */
  static void old(String value, char quote, StringBuilder out) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) == quote) {
        out.append('\\');
      }
      out.append(value.charAt(i));
    }
  }

  private static void old(String value, StringBuilder out) {
    out.append('"');
    old(value, '"', out);
    out.append('"');
  }

  /** Writes the text with C's escapes; bytes that are not ASCII in octal, where asked for. */
  static void escaped(String value, char quote, boolean ascii, StringBuilder out) {
    String text = ascii ? ByteText.bytes(value) : value;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> out.append("\\\\");
        case '\u0007' -> out.append("\\a");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\u000b' -> out.append("\\v");
        default -> {
          if (c == quote) {
            out.append('\\').append(c);
          } else if (c < ' ' || c == 0x7f || (ascii && c > 0x7f)) {
            octal(c, out);
          } else if (!ascii && ByteText.isLone(text, i)) {
            octal(c - 0xDC00, out);
          } else {
            out.append(c);
          }
        }
      }
    }
  }

  private static void octal(int b, StringBuilder out) {
    out.append('\\')
        .append((char) ('0' + ((b >> 6) & 3)))
        .append((char) ('0' + ((b >> 3) & 7)))
        .append((char) ('0' + (b & 7)));
  }
}
