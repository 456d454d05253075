package io.urubu.classad.regex;

/** A search takes more work or memory than it may. */
public final class TooComplexException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooComplexException(String reason) {
    super(reason, null, false, false);
  }

  public String reason() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
