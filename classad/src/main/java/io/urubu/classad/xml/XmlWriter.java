package io.urubu.classad.xml;

import io.urubu.classad.ast.Literal;
import io.urubu.classad.ast.Node;
import io.urubu.classad.limit.FreshStack;
import io.urubu.classad.print.Printer;
import io.urubu.classad.print.Style;
import io.urubu.classad.print.Times;
import java.util.List;

/**
 * Writes ads as XML, in ASCII: strings have the escapes of the new syntax, and then those of XML.
 */
public final class XmlWriter {
  /** No string holds it. */
  private static final char NO_QUOTE = '\0';

  private final StringBuilder out = new StringBuilder();
  private int indent;

  private XmlWriter() {}

  /** What stands before the first ad. */
  public static String head() {
    return "<?xml version=\"1.0\"?>\n<!DOCTYPE classads SYSTEM \"classads.dtd\">\n<classads>\n";
  }

  /** The lines that condor_q -xml prints for an ad, without the last line break. */
  public static String lines(Node.Ad ad) {
    return FreshStack.ifNeeded(() -> new XmlWriter().written(ad));
  }

  private String written(Node.Ad ad) {
    ad(ad);
    return out.toString();
  }

  /** What stands behind the last ad. */
  public static String tail() {
    return "</classads>\n";
  }

  private void ad(Node.Ad ad) {
    out.append("<c>\n");
    indent += 4;
    for (Node.Field field : ad.fields()) {
      out.repeat(' ', indent).append("<a n=\"");
      text(Printer.escaped(field.name().text(), '"'));
      out.append("\">");
      node(field.value());
      out.append("</a>\n");
    }
    indent -= 4;
    out.repeat(' ', indent).append("</c>");
  }

  private void node(Node node) {
    switch (node) {
      case Literal.Undefined _ -> out.append("<un/>");
      case Literal.Failure _ -> out.append("<er/>");
      case Literal.Bool(boolean value, _) ->
          out.append("<b v=\"").append(value ? 't' : 'f').append("\"/>");
      case Literal.Int(long value, _) -> element("i", Long.toString(value));
      case Literal.Real(double value, _) -> element("r", real(value));
      case Literal.Interval(double seconds, _) -> element("r", real(seconds));
      case Literal.Moment(long seconds, int offset, _) ->
          element("at", Times.moment(seconds, offset));
      case Literal.Text(String value, _) -> element("s", Printer.escaped(value, NO_QUOTE));
      case Node.Items(List<Node> items, _) -> {
        out.append("<l>");
        items.forEach(this::node);
        out.append("</l>");
      }
      case Node.Ad ad -> ad(ad);
      case Node.Compound _ -> element("e", Printer.print(node, Style.CANONICAL));
    }
  }

  /** Tradition has no sign before a zero. */
  private static String real(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "INF" : "-INF";
    }
    return value == 0 ? "0.0" : Printer.real(value, Style.CANONICAL);
  }

  private void element(String tag, String content) {
    out.append('<').append(tag).append('>');
    text(content);
    out.append("</").append(tag).append('>');
  }

  private void text(String content) {
    for (int i = 0; i < content.length(); i++) {
      char c = content.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        default -> out.append(c);
      }
    }
  }
}
