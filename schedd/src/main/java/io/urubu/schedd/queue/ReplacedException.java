package io.urubu.schedd.queue;

import java.sql.SQLException;

/** Another schedd of the same name has taken over the rows; this one must end. */
final class ReplacedException extends SQLException {
  private static final long serialVersionUID = 1L;

  ReplacedException(String message) {
    super(message);
  }
}
