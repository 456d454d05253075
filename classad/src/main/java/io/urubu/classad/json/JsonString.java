package io.urubu.classad.json;

import io.urubu.classad.ast.Literal;
import io.urubu.classad.ast.Node;
import io.urubu.classad.ast.Span;
import io.urubu.classad.form.Embedded;
import io.urubu.classad.parse.ParseException;
import io.urubu.classad.parse.SourceText;

/** A string: from its quote at {@code start} to behind the one at the end, and its content. */
record JsonString(SourceText source, int start, int end, String value) {
  private static final String EXPRESSION = "\\/Expr(";
  private static final String EXPRESSION_END = ")\\/";

  static JsonString read(SourceText source, int start) throws ParseException {
    String text = source.text();
    int at = start + 1;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    if (at >= text.length()) {
      throw source.problem(start, "a string that does not end, expected \"");
    }
    String value = new JsonEscapes(source, start + 1, at, false).decode();
    return new JsonString(source, start, at + 1, value);
  }

  ParseException problem(int offset, String problem) {
    return source.problem(start + offset, problem);
  }

  /** The expression that the string holds, if its slashes are written as one's are. */
  Node node() throws ParseException {
    int from = start + 1 + EXPRESSION.length();
    int to = end - 1 - EXPRESSION_END.length();
    String text = source.text();
    boolean expression =
        from <= to
            && text.regionMatches(true, start + 1, EXPRESSION, 0, EXPRESSION.length())
            && text.startsWith(EXPRESSION_END, to);
    return expression ? expression(from, to) : new Literal.Text(value, new Span(start, end));
  }

  private Node expression(int from, int to) throws ParseException {
    String expression = new JsonEscapes(source, from, to, false).decode();
    return Embedded.expression(
        source, from, expression, () -> new JsonEscapes(source, from, to, true).decode());
  }
}
