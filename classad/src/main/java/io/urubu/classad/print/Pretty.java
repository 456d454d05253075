package io.urubu.classad.print;

import io.urubu.classad.ast.Node;
import io.urubu.classad.limit.FreshStack;

/** Writes ads in new syntax for people: an attribute a line, what is nested moved to the right. */
public final class Pretty {
  private static final int WIDEST = 100;

  private final StringBuilder out = new StringBuilder();
  private int indent;

  private Pretty() {}

  public static String print(Node.Ad ad) {
    return FreshStack.ifNeeded(() -> new Pretty().written(ad));
  }

  private String written(Node.Ad ad) {
    ad(ad);
    return out.toString();
  }

  private void node(Node node) {
    int from = out.length();
    switch (node) {
      case Node.Ad ad -> ad(ad);
      case Node.Items items -> {
        Printer.print(node, Style.LINE, out);
        if (hasAd(items) || out.length() - out.lastIndexOf("\n") > WIDEST) {
          out.setLength(from);
          items(items);
        }
      }
      default -> Printer.print(node, Style.LINE, out);
    }
  }

  /** Lists of ads are on several lines even where they are short. */
  private static boolean hasAd(Node.Items items) {
    return items.items().stream()
        .anyMatch(item -> item instanceof Node.Ad(var fields, _) && !fields.isEmpty());
  }

  private void items(Node.Items items) {
    if (items.items().isEmpty()) {
      out.append("{}");
      return;
    }
    out.append('{');
    indent += 4;
    String separator = "";
    for (Node item : items.items()) {
      out.append(separator);
      newLine();
      node(item);
      separator = ",";
    }
    indent -= 4;
    newLine();
    out.append('}');
  }

  private void ad(Node.Ad ad) {
    if (ad.fields().isEmpty()) {
      out.append("[]");
      return;
    }
    out.append('[');
    indent += 4;
    for (Node.Field field : ad.fields()) {
      newLine();
      Printer.name(field.name(), Style.LINE, out);
      out.append(" = ");
      node(field.value());
      out.append(';');
    }
    indent -= 4;
    newLine();
    out.append(']');
  }

  private void newLine() {
    out.append('\n').repeat(' ', indent);
  }
}
