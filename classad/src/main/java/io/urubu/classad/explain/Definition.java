package io.urubu.classad.explain;

import io.urubu.classad.ast.Node;
import io.urubu.classad.parse.ParseException;
import io.urubu.classad.parse.Parser;
import io.urubu.classad.parse.Syntax;
import io.urubu.classad.print.Printer;
import io.urubu.classad.print.Style;

/** An expression on one line, the tree that this line reads to, and whose attribute it is. */
record Definition(Side side, String attribute, String text, Node node) {
  /** The tree may come from anywhere; places are told in the line that it prints to. */
  static Definition of(Side side, String attribute, Node node) {
    String text = Printer.print(node, Style.LINE);
    try {
      return new Definition(side, attribute, text, Parser.expression(text, Syntax.NEW));
    } catch (ParseException e) {
      throw new IllegalStateException("a printed expression does not parse: " + text, e);
    }
  }

  Condition condition(Node part) {
    int start = part.span().start();
    return new Condition(
        side,
        attribute,
        text.codePointCount(0, start) + 1,
        text.substring(start, part.span().end()));
  }
}
