package io.urubu.schedd.queue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Writes the queue's transactions, each under the fence of the schedd's epoch and batch number. */
final class QueueStore {
  private QueueStore() {}

  /** Takes over the rows of the schedd of that name: whoever had them can write no more. */
  static Epoch takeOver(Connection connection, String schedd) throws SQLException {
    String sql =
        """
        INSERT INTO schedd.schedd (name, epoch, batch, next_cluster, next_event)
        VALUES (?, 1, 0, 1, 1)
        ON CONFLICT (name) DO UPDATE SET epoch = schedd.schedd.epoch + 1
        RETURNING epoch, batch, next_cluster, next_event
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, schedd);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new Epoch(schedd, row.getLong(1), row.getLong(2), row.getInt(3), row.getLong(4));
      }
    }
  }

  /** The last durable batch, read back after the answer to a COMMIT was lost. */
  static long lastBatch(Connection connection, Epoch epoch) throws SQLException {
    String sql = "SELECT epoch, batch FROM schedd.schedd WHERE name = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, epoch.schedd());
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next() || row.getLong(1) != epoch.number()) {
          throw new ReplacedException("the rows of " + epoch.schedd() + " have another owner");
        }
        return row.getLong(2);
      }
    }
  }

  /** Writes everything as the batch that follows {@code before}. */
  static void write(Connection connection, Epoch before, Epoch after, Writes writes, Instant now)
      throws SQLException {
    fence(connection, before, after);
    new ClusterWriter(connection, after.schedd()).write(writes, now);
    new JobWriter(connection, after.schedd()).write(writes, now);
    new EventWriter(connection, after.schedd(), after.batch()).write(writes);
    new ClusterWriter(connection, after.schedd()).deleteEnded(writes);
  }

  private static void fence(Connection connection, Epoch before, Epoch after) throws SQLException {
    String sql =
        """
        UPDATE schedd.schedd SET batch = ?, next_cluster = ?, next_event = ?
        WHERE name = ? AND epoch = ? AND batch = ?
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, after.batch());
      statement.setInt(2, after.nextCluster());
      statement.setLong(3, after.nextEvent());
      statement.setString(4, before.schedd());
      statement.setLong(5, before.number());
      statement.setLong(6, before.batch());
      if (statement.executeUpdate() != 1) {
        throw new ReplacedException("the rows of " + before.schedd() + " have another owner");
      }
    }
  }

  static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
