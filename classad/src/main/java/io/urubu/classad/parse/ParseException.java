package io.urubu.classad.parse;

/**
 * A text is not of the language; the message is complete, with line, caret and what could stand.
 */
public final class ParseException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  ParseException(int line, int column, String message) {
    super(message);
    this.line = line;
    this.column = column;
  }

  /** The line of the text, from 1. */
  public int line() {
    return line;
  }

  /** The column in the line, from 1, in chars. */
  public int column() {
    return column;
  }
}
