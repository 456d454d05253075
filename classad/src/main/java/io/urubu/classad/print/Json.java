package io.urubu.classad.print;

import io.urubu.classad.ast.Literal;
import io.urubu.classad.ast.Node;
import java.util.List;

/** Writes ads as JSON, the way condor_q -json does. */
public final class Json {
  private final StringBuilder out = new StringBuilder();

  private Json() {}

  public static String print(Node.Ad ad) {
    Json json = new Json();
    json.ad(ad);
    return json.out.toString();
  }

  private void node(Node node) {
    switch (node) {
      case Literal.Undefined _ -> out.append("null");
      case Literal.Bool(boolean value, _) -> out.append(value);
      case Literal.Int(long value, _) -> out.append(value);
      case Literal.Real(double value, _) when Double.isFinite(value) ->
          out.append(Reals.print(value, Style.LINE));
      case Literal.Text(String value, _) -> string(value);
      case Node.Items(List<Node> items, _) -> items(items);
      case Node.Ad ad -> ad(ad);
      case Literal _, Node.Compound _ -> expression(node);
    }
  }

  private void items(List<Node> items) {
    out.append('[');
    String separator = "";
    for (Node item : items) {
      out.append(separator);
      node(item);
      separator = ", ";
    }
    out.append(']');
  }

  private void ad(Node.Ad ad) {
    out.append('{');
    String separator = "";
    for (Node.Field field : ad.fields()) {
      out.append(separator);
      string(field.name().text());
      out.append(": ");
      node(field.value());
      separator = ", ";
    }
    out.append('}');
  }

  private void expression(Node node) {
    out.append("\"\\/Expr(");
    escaped(Printer.print(node, Style.LINE));
    out.append(")\\/\"");
  }

  private void string(String value) {
    out.append('"');
    escaped(value);
    out.append('"');
  }

  private void escaped(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || c == 0x7f || Character.isSurrogate(c)) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
  }
}
