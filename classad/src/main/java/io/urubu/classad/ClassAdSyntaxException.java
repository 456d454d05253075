package io.urubu.classad;

import io.urubu.classad.parse.ParseException;

/**
 * A text is not a ClassAd or expression; the message tells place, problem and what could have stood
 * there, and shows the line with a caret below the place.
 */
public final class ClassAdSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String source;
  private final int line;
  private final int column;
  private final String problem;

  public ClassAdSyntaxException(String message) {
    super(message);
    this.source = "";
    this.line = 1;
    this.column = 1;
    this.problem = message;
  }

  ClassAdSyntaxException(ParseException cause) {
    super(cause.getMessage(), cause);
    this.source = cause.remark().source();
    this.line = cause.remark().line();
    this.column = cause.remark().column();
    this.problem = cause.remark().words();
  }

  /** What the reader calls the text, the name of its file often; empty if it has no name. */
  public String source() {
    return source;
  }

  /** The line of the text, from 1. */
  public int line() {
    return line;
  }

  /** The column in the line, from 1, in characters as people see them (code points). */
  public int column() {
    return column;
  }

  /** What is wrong and how to mend it: the message in one line, without place and picture. */
  public String problem() {
    return problem;
  }
}
