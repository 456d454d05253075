package io.urubu.matchmaker.accountant;

import io.urubu.sql.Migrations;
import io.urubu.sql.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The table of usage. Rows are written whole, so writing one twice does no harm. */
final class UsageStore {
  private static final String SCHEMA = "matchmaker";
  private static final String SCRIPTS = "classpath:io/urubu/matchmaker/accountant";

  private static final String LOAD =
      """
      SELECT user_name, real_priority, slot_seconds, updated_at
      FROM matchmaker.usage
      ORDER BY updated_at DESC
      LIMIT ?
      """;

  private static final String SAVE =
      """
      INSERT INTO matchmaker.usage (user_name, real_priority, slot_seconds, updated_at)
      VALUES (?, ?, ?, ?)
      ON CONFLICT (user_name) DO UPDATE
      SET real_priority = EXCLUDED.real_priority,
          slot_seconds = EXCLUDED.slot_seconds,
          updated_at = EXCLUDED.updated_at
      """;

  private final DataSource database;

  UsageStore(DataSource database) {
    this.database = database;
  }

  /** Brings the schema up to date and reads what is there, at most the ledger's number of users. */
  List<StoredUsage> load() throws SQLException {
    Migrations.run(database, SCHEMA, SCRIPTS);
    return Transactions.run(database, UsageStore::load);
  }

  private static List<StoredUsage> load(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOAD)) {
      statement.setInt(1, Ledger.MAX_USERS);
      List<StoredUsage> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(
              new StoredUsage(
                  result.getString("user_name"),
                  new Usage(result.getDouble("real_priority"), result.getDouble("slot_seconds")),
                  result.getObject("updated_at", OffsetDateTime.class).toInstant()));
        }
      }
      return rows;
    }
  }

  void save(List<StoredUsage> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    Transactions.run(
        database,
        connection -> {
          save(connection, rows);
          return rows.size();
        });
  }

  private static void save(Connection connection, List<StoredUsage> rows) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SAVE)) {
      for (StoredUsage row : rows) {
        statement.setString(1, row.user());
        statement.setDouble(2, row.usage().priority());
        statement.setDouble(3, row.usage().slotSeconds());
        statement.setObject(4, OffsetDateTime.ofInstant(row.at(), ZoneOffset.UTC));
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }
}
