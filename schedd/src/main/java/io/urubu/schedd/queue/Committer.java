package io.urubu.schedd.queue;

import io.urubu.sql.SqlTrouble;
import io.urubu.sql.Transactions;
import io.urubu.sql.UnknownCommitException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes batches durable, one after the other, on one connection that is opened anew when it breaks.
 * Belongs to the queue's thread.
 */
final class Committer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Committer.class);
  private static final long FIRST_WAIT_MILLIS = 50;
  private static final long LONGEST_WAIT_MILLIS = 2000;

  private final DataSource database;
  private final CountDownLatch stopping;
  private Epoch epoch;
  private @Nullable Connection connection;
  private volatile boolean databaseAway;

  Committer(DataSource database, Epoch epoch, CountDownLatch stopping) {
    this.database = database;
    this.epoch = epoch;
    this.stopping = stopping;
  }

  Epoch epoch() {
    return epoch;
  }

  boolean isDatabaseAway() {
    return databaseAway;
  }

  /**
   * Writes the batch, as often as it takes.
   *
   * @return false when the schedd stops before it is known to be durable
   * @throws ReplacedException when another schedd has taken over
   * @throws SQLException when the database refuses the batch itself
   */
  boolean commit(Batch batch) throws SQLException {
    Epoch after = batch.after(epoch);
    boolean uncertain = false;
    long wait = FIRST_WAIT_MILLIS;
    while (true) {
      try {
        if (!uncertain || !isDurable(after)) {
          Transactions.run(connection(), c -> write(c, after, batch));
        }
        epoch = after;
        back();
        return true;
      } catch (SQLException e) {
        uncertain |= e instanceof UnknownCommitException;
        away(e);
      }
      if (awaitStop(wait)) {
        return false;
      }
      wait = Math.min(2 * wait, LONGEST_WAIT_MILLIS);
    }
  }

  private boolean write(Connection c, Epoch after, Batch batch) throws SQLException {
    QueueStore.write(c, epoch, after, batch.writes, batch.now());
    return true;
  }

  /** Reads back what a lost answer left open. */
  private boolean isDurable(Epoch after) throws SQLException {
    long last = Transactions.run(connection(), c -> QueueStore.lastBatch(c, epoch));
    if (last == after.batch()) {
      return true;
    }
    if (last == epoch.batch()) {
      return false;
    }
    throw new ReplacedException(
        "batch %d or %d was expected, %d is there".formatted(epoch.batch(), after.batch(), last));
  }

  private Connection connection() throws SQLException {
    if (connection == null) {
      connection = database.getConnection();
    }
    return connection;
  }

  private void away(SQLException cause) throws SQLException {
    close();
    if (cause instanceof ReplacedException || SqlTrouble.of(cause) == SqlTrouble.FATAL) {
      throw cause;
    }
    if (!databaseAway) {
      databaseAway = true;
      log.atWarn().addKeyValue("cause", cause.getMessage()).log("database is away");
    }
  }

  private void back() {
    if (databaseAway) {
      databaseAway = false;
      log.atInfo().addKeyValue("batch", epoch.batch()).log("database is back");
    }
  }

  private boolean awaitStop(long millis) {
    try {
      return stopping.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void close() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        log.atDebug().setCause(e).log("a broken connection did not close");
      }
    }
  }
}
