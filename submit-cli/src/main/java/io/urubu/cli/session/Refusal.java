package io.urubu.cli.session;

import java.io.IOException;

/** The command cannot do what was asked; the message names the culprit and the mend. */
public class Refusal extends IOException {
  private static final long serialVersionUID = 1L;

  /** Exit status of a command that the pool refused. */
  public static final int REFUSED = 1;

  /** Exit status of a command that found no pool. */
  public static final int UNREACHABLE = 3;

  private final int status;

  public Refusal(int status, String message) {
    super(message);
    this.status = status;
  }

  public int status() {
    return status;
  }
}
