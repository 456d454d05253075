package io.urubu.schedd.queue;

import io.urubu.protocol.id.JobId;
import io.urubu.schedd.queue.JobState.After;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** SQL of live and ended jobs. */
final class JobWriter {
  private static final int ROWS_PER_ROUND = 1000;

  /** A state as its columns. */
  private record Columns(
      String state, @Nullable String closing, @Nullable String reason, @Nullable HoldReason hold) {}

  private final Connection connection;
  private final String schedd;

  JobWriter(Connection connection, String schedd) {
    this.connection = connection;
    this.schedd = schedd;
  }

  void write(Writes writes, Instant now) throws SQLException {
    insert(writes.newJobs.values());
    update(writes.changedJobs.values());
    delete(writes.endedJobs.values());
    archive(writes.endedJobs.values(), now);
  }

  private void insert(Collection<Job> jobs) throws SQLException {
    String sql =
        """
        INSERT INTO schedd.job (state, runs, failures, closing, reason, hold_code, hold_subcode,
          run_ticket, claim_sha256, slot, executed, changes, entered_at, not_before,
          schedd, cluster, proc)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int rows = 0;
      for (Job job : jobs) {
        bind(statement, job);
        statement.addBatch();
        if (++rows % ROWS_PER_ROUND == 0) {
          statement.executeBatch();
        }
      }
      statement.executeBatch();
    }
  }

  private void update(Collection<Job> jobs) throws SQLException {
    String sql =
        """
        UPDATE schedd.job SET state = ?, runs = ?, failures = ?, closing = ?, reason = ?,
          hold_code = ?, hold_subcode = ?, run_ticket = ?, claim_sha256 = ?, slot = ?,
          executed = ?, changes = ?, entered_at = ?, not_before = ?
        WHERE schedd = ? AND cluster = ? AND proc = ?
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Job job : jobs) {
        bind(statement, job);
        statement.addBatch();
      }
      checkEach(statement.executeBatch(), "changed");
    }
  }

  private void delete(Collection<Job> jobs) throws SQLException {
    String sql = "DELETE FROM schedd.job WHERE schedd = ? AND cluster = ? AND proc = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Job job : jobs) {
        key(statement, 1, job.id());
        statement.addBatch();
      }
      checkEach(statement.executeBatch(), "ended");
    }
  }

  private void archive(Collection<Job> jobs, Instant now) throws SQLException {
    String sql =
        """
        INSERT INTO schedd.history (schedd, cluster, proc, owner, state, ended_at, ad)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Job job : jobs) {
        key(statement, 1, job.id());
        statement.setString(4, job.cluster().owner());
        statement.setString(5, columns(job.life().state()).state());
        statement.setObject(6, QueueStore.time(now));
        statement.setString(7, job.ad().toString());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private void bind(PreparedStatement statement, Job job) throws SQLException {
    Columns columns = columns(job.life().state());
    statement.setString(1, columns.state());
    statement.setInt(2, job.life().runs());
    statement.setInt(3, job.life().failures());
    statement.setString(4, columns.closing());
    statement.setString(5, columns.reason());
    if (columns.hold() == null) {
      statement.setNull(6, Types.INTEGER);
      statement.setNull(7, Types.INTEGER);
    } else {
      statement.setInt(6, columns.hold().code());
      statement.setInt(7, columns.hold().subcode());
    }
    RunInfo run = job.run().orElse(null);
    statement.setBytes(8, run == null ? null : run.ticket().bytes());
    statement.setBytes(9, run == null ? null : run.claimBytes());
    statement.setString(10, run == null ? null : run.slot());
    statement.setBoolean(11, run != null && run.executed());
    statement.setString(12, job.changes().toString());
    statement.setObject(13, QueueStore.time(job.entered()));
    statement.setObject(14, QueueStore.time(job.notBefore()));
    key(statement, 15, job.id());
  }

  private void key(PreparedStatement statement, int first, JobId id) throws SQLException {
    statement.setString(first, schedd);
    statement.setInt(first + 1, id.cluster());
    statement.setInt(first + 2, id.proc());
  }

  /** A row that is not there would mean that memory and database differ: then nothing is right. */
  private static void checkEach(int[] counts, String what) {
    for (int count : counts) {
      if (count != 1) {
        throw new IllegalStateException("a " + what + " job has " + count + " rows");
      }
    }
  }

  private static Columns columns(JobState state) {
    return switch (state) {
      case JobState.Idle() -> new Columns("IDLE", null, null, null);
      case JobState.Starting _ -> new Columns("STARTING", null, null, null);
      case JobState.Running _ -> new Columns("RUNNING", null, null, null);
      case JobState.Held() -> new Columns("HELD", null, null, null);
      case JobState.Completed() -> new Columns("COMPLETED", null, null, null);
      case JobState.Removed() -> new Columns("REMOVED", null, null, null);
      case JobState.Closing(_, After.Again(boolean fault)) ->
          new Columns("CLOSING", fault ? "AGAIN_LATER" : "AGAIN", null, null);
      case JobState.Closing(_, After.Hold(var hold)) ->
          new Columns("CLOSING", "HOLD", hold.text(), hold);
      case JobState.Closing(_, After.Remove(var reason)) ->
          new Columns("CLOSING", "REMOVE", reason, null);
    };
  }
}
