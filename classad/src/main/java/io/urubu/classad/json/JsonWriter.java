package io.urubu.classad.json;

import io.urubu.classad.ast.Literal;
import io.urubu.classad.ast.Node;
import io.urubu.classad.limit.FreshStack;
import io.urubu.classad.print.Printer;
import io.urubu.classad.print.Style;
import java.util.List;

/** Writes ads as JSON; what JSON cannot say is {@code "\/Expr(...)\/"}. */
public final class JsonWriter {
  private final boolean lines;
  private final StringBuilder out = new StringBuilder();
  private int indent;

  private JsonWriter(boolean lines) {
    this.lines = lines;
  }

  /** One line for programs: it reads back to the same ad, and is valid whatever the strings. */
  public static String line(Node.Ad ad) {
    return FreshStack.ifNeeded(() -> new JsonWriter(false).written(ad));
  }

  /** The lines that condor_q -json prints, without the last line break: 16 digits of a real. */
  public static String lines(Node.Ad ad) {
    return FreshStack.ifNeeded(() -> new JsonWriter(true).written(ad));
  }

  private String written(Node.Ad ad) {
    ad(ad);
    return out.toString();
  }

  private void node(Node node) {
    switch (node) {
      case Literal.Undefined _ -> out.append("null");
      case Literal.Bool(boolean value, _) -> out.append(value);
      case Literal.Int(long value, _) -> out.append(value);
      case Literal.Real(double value, _) when Double.isFinite(value) -> real(value);
      case Literal.Interval(double seconds, _) when lines -> real(seconds);
      case Literal.Text(String value, _) -> string(value);
      case Node.Items(List<Node> items, _) -> items(items);
      case Node.Ad ad -> ad(ad);
      case Literal _, Node.Compound _ -> expression(node);
    }
  }

  private void real(double value) {
    out.append(Printer.real(value, lines ? Style.CANONICAL_LONG : Style.LINE));
  }

  private void items(List<Node> items) {
    open('[');
    boolean first = true;
    for (Node item : items) {
      separate(first);
      node(item);
      first = false;
    }
    close(']');
  }

  private void ad(Node.Ad ad) {
    open('{');
    boolean first = true;
    for (Node.Field field : ad.fields()) {
      separate(first);
      string(field.name().text());
      out.append(": ");
      node(field.value());
      first = false;
    }
    close('}');
  }

  private void open(char bracket) {
    out.append(bracket);
    indent += 2;
  }

  private void separate(boolean first) {
    if (!first) {
      out.append(lines ? "," : ", ");
    }
    newLine();
  }

  private void close(char bracket) {
    indent -= 2;
    newLine();
    out.append(bracket);
  }

  private void newLine() {
    if (lines) {
      out.append('\n').repeat(' ', indent);
    }
  }

  private void expression(Node node) {
    out.append("\"\\/Expr(");
    escaped(Printer.print(node, lines ? Style.CANONICAL : Style.LINE));
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
          if (c < ' ' || (!lines && (c == 0x7f || Character.isSurrogate(c)))) {
            out.append(String.format("\\u%04X", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
  }
}
