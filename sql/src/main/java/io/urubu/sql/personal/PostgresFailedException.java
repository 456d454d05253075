package io.urubu.sql.personal;

import java.io.IOException;

/** The personal server could not be set up, started or stopped; the message has its last words. */
public final class PostgresFailedException extends IOException {
  private static final long serialVersionUID = 1L;

  PostgresFailedException(String message) {
    super(message);
  }
}
