package io.urubu.classad.json;

import io.urubu.classad.ast.Literal;
import io.urubu.classad.ast.Span;
import io.urubu.classad.parse.ParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads numbers: with a dot or an exponent they are reals. */
final class JsonNumber {
  private static final Pattern NUMBER =
      Pattern.compile("-?+(?:0|[1-9][0-9]*+)?+(\\.[0-9]++)?+([eE][+-]?+[0-9]++)?+");

  private JsonNumber() {}

  static Literal read(JsonLexer lexer) throws ParseException {
    int start = lexer.at();
    String text = lexer.word();
    Span span = new Span(start, lexer.at());
    Matcher number = NUMBER.matcher(text);
    boolean digits = number.matches() && text.chars().anyMatch(c -> c >= '0' && c <= '9');
    if (!digits || !isMantissa(text)) {
      throw lexer.problemAt(start, "no number of JSON, expected digits, such as 42 or -1.5e3");
    }
    return number.group(1) == null && number.group(2) == null
        ? new Literal.Int(integer(text), span)
        : new Literal.Real(Double.parseDouble(text), span);
  }

  private static boolean isMantissa(String text) {
    char last = text.charAt(0) == '-' && text.length() > 1 ? text.charAt(1) : text.charAt(0);
    return last == '.' || (last >= '0' && last <= '9');
  }

  /** What does not fit 64 bits is 0 in this language. */
  private static long integer(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
