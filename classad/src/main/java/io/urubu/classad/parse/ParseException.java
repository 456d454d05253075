package io.urubu.classad.parse;

/**
 * A text is not of the language; the message is complete, with line, caret and what could stand.
 */
public final class ParseException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String source;
  private final int line;
  private final int column;
  private final String problem;

  /** A problem of the text as a whole. */
  ParseException(String source, String problem) {
    this(source, new Place(1, 1), problem, (source.isEmpty() ? "" : source + ": ") + problem);
  }

  ParseException(String source, Place place, String problem, String message) {
    super(message);
    this.source = source;
    this.line = place.line();
    this.column = place.column();
    this.problem = problem;
  }

  /** What the reader calls the text; empty if it has no name. */
  public String source() {
    return source;
  }

  /** The line of the text, from 1. */
  public int line() {
    return line;
  }

  /** The column in the line, from 1, in code points. */
  public int column() {
    return column;
  }

  /** What is wrong and how to mend it, in one line without the place. */
  public String problem() {
    return problem;
  }
}
