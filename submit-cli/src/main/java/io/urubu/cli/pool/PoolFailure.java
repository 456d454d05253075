package io.urubu.cli.pool;

import java.io.IOException;

/** The pool cannot be started or stopped; the message names the culprit and the mend. */
final class PoolFailure extends IOException {
  private static final long serialVersionUID = 1L;

  PoolFailure(String message) {
    super(message);
  }
}
