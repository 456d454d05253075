package io.urubu.sql;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Runs work within a transaction: all of it is committed, or none. */
public final class Transactions {

  /** What is done within one transaction; an exception rolls it back. */
  @FunctionalInterface
  public interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  private Transactions() {}

  /** On a connection of its own, closed at the end. */
  public static <T> T run(DataSource source, Work<T> work) throws SQLException {
    try (Connection connection = source.getConnection()) {
      return run(connection, work);
    }
  }

  /**
   * On a connection that the caller keeps, and closes when this throws: its state is not known
   * then.
   *
   * @throws UnknownCommitException when the connection broke while COMMIT was under way
   */
  public static <T> T run(Connection connection, Work<T> work) throws SQLException {
    connection.setAutoCommit(false);
    T result;
    try {
      result = work.run(connection);
    } catch (SQLException | RuntimeException e) {
      rollback(connection, e);
      throw e;
    }
    commit(connection);
    return result;
  }

  private static void commit(Connection connection) throws SQLException {
    try {
      connection.commit();
    } catch (SQLException e) {
      if (SqlTrouble.of(e) == SqlTrouble.UNREACHABLE) {
        throw new UnknownCommitException(e);
      }
      rollback(connection, e);
      throw e;
    }
  }

  private static void rollback(Connection connection, Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }
}
