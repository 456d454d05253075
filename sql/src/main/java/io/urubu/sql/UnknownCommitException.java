package io.urubu.sql;

import java.sql.SQLException;

/**
 * The connection broke while COMMIT was under way: the transaction may or may not be durable. Who
 * wrote must read back.
 */
public final class UnknownCommitException extends SQLException {
  private static final long serialVersionUID = 1L;

  UnknownCommitException(SQLException cause) {
    super("unknown whether the transaction was committed", cause.getSQLState(), cause);
  }
}
