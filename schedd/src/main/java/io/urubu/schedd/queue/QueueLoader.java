package io.urubu.schedd.queue;

import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.identity.Secret;
import io.urubu.protocol.id.JobId;
import io.urubu.schedd.queue.JobState.After;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reads the live queue into memory when the schedd starts. */
final class QueueLoader {
  private static final int ROWS_PER_FETCH = 1000;

  private final Connection connection;
  private final QueueSettings settings;
  private final Books books = new Books();
  private final Map<Integer, Cluster> clusters = new HashMap<>();
  // A million jobs share few texts of changes; each is parsed once.
  private final Map<String, ClassAd> ads = new HashMap<>();

  private QueueLoader(Connection connection, QueueSettings settings) {
    this.connection = connection;
    this.settings = settings;
  }

  static Books load(Connection connection, QueueSettings settings) throws SQLException {
    QueueLoader loader = new QueueLoader(connection, settings);
    loader.submissions();
    loader.clusters();
    loader.jobs();
    loader.logMarks();
    return loader.books;
  }

  private PreparedStatement query(String sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setFetchSize(ROWS_PER_FETCH);
    statement.setString(1, settings.schedd());
    return statement;
  }

  private void submissions() throws SQLException {
    String sql = "SELECT owner, request_id, cluster, jobs FROM schedd.submission WHERE schedd = ?";
    try (PreparedStatement statement = query(sql);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        books.receipts.put(
            List.of(row.getString("owner"), row.getString("request_id")),
            new Submission.Receipt(row.getInt("cluster"), row.getInt("jobs")));
      }
    }
  }

  private void clusters() throws SQLException {
    String sql =
        """
        SELECT cluster, owner, jobs, ad, template, submitted_at FROM schedd.cluster
        WHERE schedd = ?
        """;
    try (PreparedStatement statement = query(sql);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        String owner = row.getString("owner");
        Cluster cluster =
            new Cluster(
                settings.schedd(),
                row.getInt("cluster"),
                owner,
                owner + "@" + settings.userDomain(),
                row.getInt("jobs"),
                ad(row.getString("ad")),
                ad(row.getString("template")),
                QueueStore.instant(row, "submitted_at"));
        clusters.put(cluster.number(), cluster);
      }
    }
  }

  private void jobs() throws SQLException {
    String sql =
        """
        SELECT cluster, proc, state, runs, failures, closing, reason, hold_code, hold_subcode,
          run_ticket, claim_sha256, slot, executed, changes, entered_at, not_before
        FROM schedd.job WHERE schedd = ? ORDER BY cluster, proc
        """;
    try (PreparedStatement statement = query(sql);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        Job job = job(row);
        books.add(job);
        books.published.put(job.id(), job);
      }
    }
  }

  private Job job(ResultSet row) throws SQLException {
    int runs = row.getInt("runs");
    ClassAd changes = ad(row.getString("changes"));
    return new Job(
        new JobId(row.getInt("cluster"), row.getInt("proc")),
        Objects.requireNonNull(clusters.get(row.getInt("cluster"))),
        new JobLife(
            state(row, runs), runs, row.getInt("failures"), CheckpointAttributes.read(changes)),
        run(row),
        changes,
        QueueStore.instant(row, "entered_at"),
        QueueStore.instant(row, "not_before"));
  }

  private static Optional<RunInfo> run(ResultSet row) throws SQLException {
    byte[] ticket = row.getBytes("run_ticket");
    return ticket == null
        ? Optional.empty()
        : Optional.of(
            new RunInfo(
                Secret.of(ticket),
                HexFormat.of().formatHex(row.getBytes("claim_sha256")),
                row.getString("slot"),
                row.getBoolean("executed")));
  }

  private static JobState state(ResultSet row, int runs) throws SQLException {
    String state = row.getString("state");
    return switch (state) {
      case "IDLE" -> new JobState.Idle();
      case "STARTING" -> new JobState.Starting(runs);
      case "RUNNING" -> new JobState.Running(runs);
      case "HELD" -> new JobState.Held();
      case "CLOSING" -> new JobState.Closing(runs, after(row));
      default -> throw new IllegalStateException("a job in the unknown state " + state);
    };
  }

  private static After after(ResultSet row) throws SQLException {
    String closing = row.getString("closing");
    String reason = Objects.requireNonNullElse(row.getString("reason"), "");
    return switch (closing) {
      case "AGAIN" -> new After.Again(false);
      case "AGAIN_LATER" -> new After.Again(true);
      case "HOLD" ->
          new After.Hold(
              new HoldReason(row.getInt("hold_code"), row.getInt("hold_subcode"), reason));
      case "REMOVE" -> new After.Remove(reason);
      default -> throw new IllegalStateException("a job that closes for " + closing);
    };
  }

  private void logMarks() throws SQLException {
    String sql = "SELECT owner, path, written, size, last FROM schedd.event_log WHERE schedd = ?";
    try (PreparedStatement statement = query(sql);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        LogMark mark =
            new LogMark(
                row.getString("owner"),
                row.getString("path"),
                row.getLong("written"),
                row.getLong("size"),
                row.getLong("last"));
        books.logMarks.put(List.of(mark.owner(), mark.path()), mark);
      }
    }
  }

  private ClassAd ad(String text) {
    return ads.computeIfAbsent(
        text,
        _ -> {
          try {
            return ClassAd.parse(text);
          } catch (ClassAdSyntaxException e) {
            throw new IllegalStateException("the database holds no ad: " + e.getMessage(), e);
          }
        });
  }
}
