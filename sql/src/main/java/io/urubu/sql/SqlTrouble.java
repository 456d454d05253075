package io.urubu.sql;

import java.sql.SQLException;

/** What can be done about a failed statement; decided by its SQL state alone. */
public enum SqlTrouble {
  /** The server cannot be reached or is going down: try again on a new connection. */
  UNREACHABLE,
  /** The transaction lost against another one, or the server lacked room: try it again. */
  TRANSIENT,
  /** The statement breaks a constraint, or is wrong: trying again does not help. */
  FATAL;

  /** The state of "no connection", for errors found before the driver sees the server. */
  static final String CONNECTION_STATE = "08001";

  /** Looks through causes too, because pools and migration tools wrap the driver's error. */
  public static SqlTrouble of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return ofState(sql.getSQLState());
      }
    }
    return FATAL;
  }

  static SqlTrouble ofState(String state) {
    return switch (state) {
      // Admin shutdown, crash shutdown, cannot connect now, idle session ended, too many
      // connections.
      case "57P01", "57P02", "57P03", "57P05", "53300" -> UNREACHABLE;
      // Serialization failure, deadlock, query cancelled, lock not available.
      case "40001", "40P01", "57014", "55P03" -> TRANSIENT;
      default -> ofClass(state);
    };
  }

  private static SqlTrouble ofClass(String state) {
    return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
      // The connection; an I/O error below the server.
      case "08" -> UNREACHABLE;
      // Disk full, out of memory; a system error of the server's host.
      case "53", "58" -> TRANSIENT;
      default -> FATAL;
    };
  }
}
