package io.urubu.starter.checkpoint;

/** A job did not come back from its checkpoint; the reason is a sentence for people. */
public final class RestartException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean isDamaged;

  public RestartException(String message, boolean isDamaged) {
    super(message);
    this.isDamaged = isDamaged;
  }

  /** True when the checkpoint will not do anywhere. */
  public boolean isDamaged() {
    return isDamaged;
  }
}
