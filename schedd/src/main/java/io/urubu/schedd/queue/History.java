package io.urubu.schedd.queue;

import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.protocol.id.JobId;
import io.urubu.sql.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.function.Predicate;
import javax.sql.DataSource;

/** Jobs that have ended, newest first; and the upkeep of the tables that only grow. */
public final class History {
  private static final int ROWS_PER_FETCH = 500;
  private static final int ROWS_PER_PURGE = 10_000;

  private final DataSource database;
  private final String schedd;

  public History(DataSource database, String schedd) {
    this.database = database;
    this.schedd = schedd;
  }

  /**
   * What is asked for.
   *
   * @param owner only this account's jobs; empty for everybody's
   * @param cluster only this cluster's; 0 for all
   * @param proc only this job of the cluster; -1 for all
   */
  public record Question(String owner, int cluster, int proc) {

    public static Question all(String owner) {
      return new Question(owner, 0, -1);
    }

    public static Question job(String owner, JobId id) {
      return new Question(owner, id.cluster(), id.proc());
    }
  }

  /** Gives ads, newest first, until the reader has enough and returns false. */
  public void read(Question question, Predicate<ClassAd> reader) throws SQLException {
    Transactions.run(
        database,
        connection -> {
          connection.setReadOnly(true);
          return read(connection, question, reader);
        });
  }

  private int read(Connection connection, Question question, Predicate<ClassAd> reader)
      throws SQLException {
    String sql =
        """
        SELECT ad FROM schedd.history
        WHERE schedd = ? AND (? = '' OR owner = ?) AND (? = 0 OR cluster = ?)
          AND (? < 0 OR proc = ?)
        ORDER BY ended_at DESC, cluster DESC, proc DESC
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(ROWS_PER_FETCH);
      statement.setString(1, schedd);
      statement.setString(2, question.owner());
      statement.setString(3, question.owner());
      statement.setInt(4, question.cluster());
      statement.setInt(5, question.cluster());
      statement.setInt(6, question.proc());
      statement.setInt(7, question.proc());
      int rows = 0;
      try (ResultSet row = statement.executeQuery()) {
        while (row.next() && reader.test(ad(row.getString(1)))) {
          rows++;
        }
      }
      return rows;
    }
  }

  private static ClassAd ad(String text) {
    try {
      return ClassAd.parse(text);
    } catch (ClassAdSyntaxException e) {
      throw new IllegalStateException("the history holds no ad: " + e.getMessage(), e);
    }
  }

  /** Makes the partitions of this month and the next two, where they are missing. */
  public void makePartitions(Instant now) throws SQLException {
    YearMonth month = YearMonth.from(LocalDate.ofInstant(now, ZoneOffset.UTC));
    for (int i = 0; i < 3; i++) {
      makePartition(month.plusMonths(i));
    }
  }

  private void makePartition(YearMonth month) throws SQLException {
    String name = "history_%04d_%02d".formatted(month.getYear(), month.getMonthValue());
    Transactions.run(
        database,
        connection -> {
          if (!exists(connection, name)) {
            try (Statement statement = connection.createStatement()) {
              statement.execute(
                  "CREATE TABLE schedd.%s PARTITION OF schedd.history FOR VALUES FROM ('%s') TO ('%s')"
                      .formatted(name, start(month), start(month.plusMonths(1))));
            }
          }
          return name;
        });
  }

  private static String start(YearMonth month) {
    return month.atDay(1) + " 00:00:00+00";
  }

  /** Another schedd on the same database may be about to make the same: one at a time. */
  private static boolean exists(Connection connection, String name) throws SQLException {
    String sql =
        """
        SELECT to_regclass('schedd.' || ?) IS NOT NULL
        FROM (SELECT pg_advisory_xact_lock(hashtext('schedd.history'))) AS locked
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /** Deletes events and answers to submissions that nobody will ask for any more. */
  public void purge(Instant before) throws SQLException {
    String events =
        """
        DELETE FROM schedd.job_event WHERE (schedd, sequence) IN (
          SELECT e.schedd, e.sequence FROM schedd.job_event e
          LEFT JOIN schedd.event_log l
            ON l.schedd = e.schedd AND l.owner = e.owner AND l.path = e.log_path
          WHERE e.schedd = ? AND e.at < ? AND (l.path IS NULL OR e.sequence <= l.written)
          LIMIT ?)
        """;
    while (delete(events, before) == ROWS_PER_PURGE) {
      // A short transaction each.
    }
    String submissions =
        """
        DELETE FROM schedd.submission WHERE ctid IN (
          SELECT ctid FROM schedd.submission WHERE schedd = ? AND submitted_at < ? LIMIT ?)
        """;
    while (delete(submissions, before) == ROWS_PER_PURGE) {
      // A short transaction each.
    }
  }

  private int delete(String sql, Instant before) throws SQLException {
    return Transactions.run(
        database,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, schedd);
            statement.setObject(2, QueueStore.time(before));
            statement.setInt(3, ROWS_PER_PURGE);
            return statement.executeUpdate();
          }
        });
  }

  /** The next events for a log: of one transaction only, so that asking again gives the same. */
  public Pending pending(LogMark mark) throws SQLException {
    String sql =
        """
        SELECT sequence, text FROM schedd.job_event
        WHERE schedd = ? AND owner = ? AND log_path = ? AND sequence > ?
          AND batch = (
            SELECT batch FROM schedd.job_event
            WHERE schedd = ? AND owner = ? AND log_path = ? AND sequence > ?
            ORDER BY sequence LIMIT 1)
        ORDER BY sequence LIMIT ?
        """;
    return Transactions.run(
        database,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i : new int[] {0, 4}) {
              statement.setString(i + 1, schedd);
              statement.setString(i + 2, mark.owner());
              statement.setString(i + 3, mark.path());
              statement.setLong(i + 4, mark.written());
            }
            statement.setInt(9, ROWS_PER_FETCH);
            return pending(statement, mark);
          }
        });
  }

  private static Pending pending(PreparedStatement statement, LogMark mark) throws SQLException {
    StringBuilder text = new StringBuilder();
    long sequence = mark.written();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        sequence = row.getLong(1);
        text.append(row.getString(2));
      }
    }
    return new Pending(sequence, text.toString());
  }

  /**
   * Text that is to be appended to a log.
   *
   * @param sequence of its last event
   */
  public record Pending(long sequence, String text) {}
}
