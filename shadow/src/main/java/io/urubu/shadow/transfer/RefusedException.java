package io.urubu.shadow.transfer;

/** A starter wants what no honest starter of this job would: it is refused and goes no further. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  RefusedException(String message) {
    super(message);
    this.reason = message;
  }

  /** What was wrong with it. */
  public String reason() {
    return reason;
  }
}
