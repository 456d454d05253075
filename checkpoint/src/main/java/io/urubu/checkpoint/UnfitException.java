package io.urubu.checkpoint;

/** What a starter sent is no checkpoint that can be kept; the message says why. */
public final class UnfitException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  UnfitException(String reason) {
    super(reason);
    this.reason = reason;
  }

  public String reason() {
    return reason;
  }
}
