package io.urubu.cli.pool;

import io.urubu.cli.session.Refusal;

/** The pool cannot be started or stopped; the message names the culprit and the mend. */
public final class PoolFailure extends Refusal {
  private static final long serialVersionUID = 1L;

  public PoolFailure(String message) {
    super(REFUSED, message);
  }
}
