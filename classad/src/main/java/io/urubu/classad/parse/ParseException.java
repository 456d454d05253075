package io.urubu.classad.parse;

/**
 * A text is not of the language; the message is complete, with line, caret and what could stand.
 */
public final class ParseException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Remark remark;

  ParseException(Remark remark) {
    super(remark.message());
    this.remark = remark;
  }

  /** What is wrong and where. */
  public Remark remark() {
    return remark;
  }
}
