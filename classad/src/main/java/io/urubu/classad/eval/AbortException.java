package io.urubu.classad.eval;

/** An evaluation cannot be finished: a cycle, or a limit was reached. */
public final class AbortException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Without a stack trace, since the evaluation's own stack says nothing to anybody. */
  public AbortException(String reason) {
    super(reason, null, false, false);
  }

  public String reason() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
