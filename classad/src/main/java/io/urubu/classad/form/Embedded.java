package io.urubu.classad.form;

import io.urubu.classad.ast.Node;
import io.urubu.classad.parse.ParseException;
import io.urubu.classad.parse.Parser;
import io.urubu.classad.parse.Remark;
import io.urubu.classad.parse.SourceText;
import io.urubu.classad.parse.Syntax;

/** Reads expressions that are written within another text, with escapes of that text's own. */
public final class Embedded {
  private Embedded() {}

  /**
   * The expression with blanks before each char that an escape stands for, so that every char is as
   * far from the beginning as it is in the source.
   */
  @FunctionalInterface
  public interface InPlace {
    String text() throws ParseException;
  }

  /**
   * Reads an expression in new syntax; what is wrong with it is told with its place in the text.
   *
   * @param from where it begins in the source
   * @param inPlace asked for only if something is wrong
   */
  public static Node expression(SourceText source, int from, String expression, InPlace inPlace)
      throws ParseException {
    try {
      return Parser.expression(expression, Syntax.NEW);
    } catch (ParseException e) {
      throw problem(source, from, inPlace.text(), e);
    }
  }

  private static ParseException problem(
      SourceText source, int from, String inPlace, ParseException otherwise) {
    String text = source.text();
    int lineStart = text.lastIndexOf('\n', from - 1) + 1;
    int line =
        source.firstLine() + (int) text.chars().limit(lineStart).filter(c -> c == '\n').count();
    String padded = " ".repeat(text.codePointCount(lineStart, from)) + inPlace;
    try {
      Parser.expression(new SourceText(padded, "", line), Syntax.NEW);
      return source.problem(from, otherwise.remark().words());
    } catch (ParseException e) {
      return source.problem(offset(source, e.remark()), e.remark().words());
    }
  }

  private static int offset(SourceText source, Remark remark) {
    String text = source.text();
    int lineStart = 0;
    for (int line = source.firstLine(); line < remark.line(); line++) {
      lineStart = text.indexOf('\n', lineStart) + 1;
    }
    int points = text.codePointCount(lineStart, text.length());
    return text.offsetByCodePoints(lineStart, Math.min(remark.column() - 1, points));
  }
}
