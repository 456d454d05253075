package io.urubu.matchmaker.collector;

/** A peer said something that it may not say, or more than is allowed; its stream must end. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What the peer can do about it. */
  public enum Cause {
    /** Its message makes no sense. */
    INVALID,
    /** It spoke of something that is not known here: it must say everything anew. */
    OUT_OF_STEP,
    /** A limit is reached. */
    TOO_MUCH,
    /** Another stream of the same peer took its place. */
    REPLACED
  }

  private final Cause cause;

  public RefusedException(Cause cause, String message) {
    super(message);
    this.cause = cause;
  }

  /** What kind of refusal this is. */
  public Cause refusal() {
    return cause;
  }
}
