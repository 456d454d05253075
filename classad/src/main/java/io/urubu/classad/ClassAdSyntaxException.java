package io.urubu.classad;

import io.urubu.classad.parse.ParseException;

/**
 * A text is not a ClassAd or expression; the message tells place, problem and what could have stood
 * there, and shows the line with a caret below the place.
 */
public final class ClassAdSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  public ClassAdSyntaxException(String message) {
    super(message);
    this.line = 1;
    this.column = 1;
  }

  ClassAdSyntaxException(ParseException cause) {
    super(cause.getMessage(), cause);
    this.line = cause.line();
    this.column = cause.column();
  }

  /** The line of the text, from 1. */
  public int line() {
    return line;
  }

  /** The column in the line, from 1. */
  public int column() {
    return column;
  }
}
