package io.urubu.schedd.queue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;

/** SQL of clusters and submissions. */
final class ClusterWriter {
  private final Connection connection;
  private final String schedd;

  ClusterWriter(Connection connection, String schedd) {
    this.connection = connection;
    this.schedd = schedd;
  }

  void write(Writes writes, Instant now) throws SQLException {
    submissions(writes, now);
    clusters(writes);
  }

  private void submissions(Writes writes, Instant now) throws SQLException {
    String sql =
        """
        INSERT INTO schedd.submission (schedd, owner, request_id, cluster, jobs, submitted_at)
        VALUES (?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Writes.Submission submission : writes.submissions) {
        statement.setString(1, schedd);
        statement.setString(2, submission.owner());
        statement.setString(3, submission.requestId());
        statement.setInt(4, submission.cluster());
        statement.setInt(5, submission.jobs());
        statement.setObject(6, QueueStore.time(now));
        statement.executeUpdate();
      }
    }
  }

  private void clusters(Writes writes) throws SQLException {
    String sql =
        """
        INSERT INTO schedd.cluster (schedd, cluster, owner, jobs, ad, template, submitted_at)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Cluster cluster : writes.newClusters.values()) {
        statement.setString(1, schedd);
        statement.setInt(2, cluster.number());
        statement.setString(3, cluster.owner());
        statement.setInt(4, cluster.jobs());
        statement.setString(5, cluster.ad().toString());
        statement.setString(6, cluster.template().toString());
        statement.setObject(7, QueueStore.time(cluster.submitted()));
        statement.executeUpdate();
      }
    }
  }

  /** After the jobs: a cluster goes with its last one. */
  void deleteEnded(Writes writes) throws SQLException {
    String sql = "DELETE FROM schedd.cluster WHERE schedd = ? AND cluster = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int cluster : writes.endedClusters) {
        statement.setString(1, schedd);
        statement.setInt(2, cluster);
        statement.executeUpdate();
      }
    }
  }
}
