package io.urubu.schedd.queue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** SQL of events, and of how far the users' logs have them. */
final class EventWriter {
  private static final int ROWS_PER_ROUND = 1000;

  private final Connection connection;
  private final String schedd;
  private final long batch;

  EventWriter(Connection connection, String schedd, long batch) {
    this.connection = connection;
    this.schedd = schedd;
    this.batch = batch;
  }

  void write(Writes writes) throws SQLException {
    events(writes);
    marks(writes);
  }

  private void events(Writes writes) throws SQLException {
    String sql =
        """
        INSERT INTO schedd.job_event (schedd, sequence, batch, cluster, proc, kind, at, owner,
          log_path, text)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int rows = 0;
      for (LogEvent event : writes.events) {
        statement.setString(1, schedd);
        statement.setLong(2, event.sequence());
        statement.setLong(3, batch);
        statement.setInt(4, event.job().cluster());
        statement.setInt(5, event.job().proc());
        statement.setInt(6, event.kind());
        statement.setObject(7, QueueStore.time(event.at()));
        statement.setString(8, event.owner());
        statement.setString(9, event.path().isEmpty() ? null : event.path());
        statement.setString(10, event.text());
        statement.addBatch();
        if (++rows % ROWS_PER_ROUND == 0) {
          statement.executeBatch();
        }
      }
      statement.executeBatch();
    }
  }

  private void marks(Writes writes) throws SQLException {
    String sql =
        """
        INSERT INTO schedd.event_log (schedd, owner, path, written, size, last)
        VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (schedd, owner, path)
        DO UPDATE SET written = EXCLUDED.written, size = EXCLUDED.size, last = EXCLUDED.last
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (LogMark mark : writes.logMarks.values()) {
        statement.setString(1, schedd);
        statement.setString(2, mark.owner());
        statement.setString(3, mark.path());
        statement.setLong(4, mark.written());
        statement.setLong(5, mark.size());
        statement.setLong(6, mark.last());
        statement.executeUpdate();
      }
    }
  }
}
