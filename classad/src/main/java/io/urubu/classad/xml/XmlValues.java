package io.urubu.classad.xml;

import io.urubu.classad.ast.Literal;
import io.urubu.classad.ast.Name;
import io.urubu.classad.ast.Node;
import io.urubu.classad.ast.Span;
import io.urubu.classad.parse.ParseException;
import io.urubu.classad.parse.Parser;
import io.urubu.classad.parse.Syntax;
import java.util.regex.Pattern;

/** Reads the elements that are neither lists nor ads. */
final class XmlValues {
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");
  private static final Pattern REAL =
      Pattern.compile("[+-]?(?:[0-9]++\\.?[0-9]*+|\\.[0-9]++)(?:[eE][+-]?[0-9]++)?");

  private final XmlLexer lexer;

  XmlValues(XmlLexer lexer) {
    this.lexer = lexer;
  }

  /** What {@code n="..."} names. */
  Name name(XmlTag tag) throws ParseException {
    String written = tag.attribute("n");
    if (written == null || written.isEmpty()) {
      throw lexer.problem(tag.start(), "an attribute without a name, expected <a n=\"...\">");
    }
    return Name.of(unescaped(tag, written));
  }

  Node read(XmlTag tag) throws ParseException {
    if (tag.name().equals("b")) {
      return truth(tag);
    }
    int from = lexer.at();
    String content = lexer.content(tag);
    Span span = new Span(tag.start(), lexer.at());
    return switch (tag.name()) {
      case "i" -> integer(tag, content.strip(), span);
      case "r" -> new Literal.Real(real(tag, content.strip()), span);
      case "s" -> new Literal.Text(unescaped(tag, content), span);
      case "e" -> lexer.expression(from, content);
      case "at" -> time(tag, "absTime", content);
      case "rt" -> time(tag, "relTime", content);
      case "un" -> new Literal.Undefined(span);
      case "er" -> new Literal.Failure(span);
      default ->
          throw lexer.problem(
              tag.start(),
              "unexpected "
                  + tag
                  + ", expected one of <i> <r> <s> <b> <e> <l> <c> <un> <er> <at> <rt>");
    };
  }

  private Literal truth(XmlTag tag) throws ParseException {
    String value = tag.attribute("v");
    if (value == null || !(value.equals("t") || value.equals("f"))) {
      throw lexer.problem(tag.start(), "no boolean, expected <b v=\"t\"/> or <b v=\"f\"/>");
    }
    lexer.close(tag);
    return new Literal.Bool(value.equals("t"), new Span(tag.start(), lexer.at()));
  }

  /** What does not fit 64 bits is an error, as HTCondor has it in this form. */
  private Literal integer(XmlTag tag, String content, Span span) throws ParseException {
    if (!INTEGER.matcher(content).matches()) {
      throw lexer.problem(tag.start(), "no integer, expected digits as in <i>42</i>");
    }
    try {
      return new Literal.Int(Long.parseLong(content), span);
    } catch (NumberFormatException _) {
      return new Literal.Failure(span);
    }
  }

  private double real(XmlTag tag, String content) throws ParseException {
    return switch (Name.key(content)) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> {
        if (!REAL.matcher(content).matches()) {
          throw lexer.problem(
              tag.start(), "no real number, expected one as in <r>1.5</r>, or INF, -INF, NaN");
        }
        yield Double.parseDouble(content);
      }
    };
  }

  private Node time(XmlTag tag, String function, String content) throws ParseException {
    return parsed(tag, function + '(' + quoted(content.strip()) + ')');
  }

  /** The escapes are those of a string in new syntax. */
  private String unescaped(XmlTag tag, String content) throws ParseException {
    if (content.indexOf('\0') >= 0) {
      throw lexer.problem(tag.start(), "a NUL in a string, which no string can hold");
    }
    if (content.indexOf('\\') < 0) {
      return content;
    }
    return parsed(tag, quoted(content)) instanceof Literal.Text(String text, _) ? text : content;
  }

  private static String quoted(String content) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < content.length(); i++) {
      char c = content.charAt(i);
      if (c == '"') {
        quoted.append('\\');
      }
      quoted.append(c);
      if (c == '\\' && i + 1 < content.length()) {
        quoted.append(content.charAt(++i));
      }
    }
    return quoted.append('"').toString();
  }

  private Node parsed(XmlTag tag, String text) throws ParseException {
    try {
      return Parser.expression(text, Syntax.NEW);
    } catch (ParseException e) {
      throw lexer.problem(tag.start(), e.remark().words());
    }
  }
}
