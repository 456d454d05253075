package io.urubu.checkpoint;

/** A generation is not what was stored, and will not do anywhere. */
public final class DamagedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  DamagedException(String reason) {
    super(reason);
    this.reason = reason;
  }

  public String reason() {
    return reason;
  }
}
