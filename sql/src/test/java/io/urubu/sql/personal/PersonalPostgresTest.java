package io.urubu.sql.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.urubu.sql.Migrations;
import io.urubu.sql.SqlTrouble;
import io.urubu.sql.Transactions;
import io.urubu.sql.UnknownCommitException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("module")
class PersonalPostgresTest {
  private static ScratchPostgres scratch;

  @BeforeAll
  static void startServer() throws Exception {
    scratch = ScratchPostgres.start();
    Migrations.run(scratch.dataSource(), "trial", "classpath:io/urubu/sql/test");
  }

  @AfterAll
  static void stopServer() throws Exception {
    scratch.close();
  }

  @BeforeEach
  void serverRuns() throws Exception {
    scratch.server().start();
  }

  @Test
  void answersOverTheNetworkWithDurabilityOnAndAPasswordAskedFor() throws Exception {
    assertThat(ask("SHOW fsync")).isEqualTo("on");
    assertThat(ask("SHOW synchronous_commit")).isEqualTo("on");
    assertThat(ask("SELECT rolsuper::text FROM pg_roles WHERE rolname = current_user"))
        .isEqualTo("false");

    Files.writeString(scratch.settings().passwordFile().resolveSibling("wrong"), "x".repeat(20));
    var wrong =
        new io.urubu.sql.AddressedDataSource(
            scratch.settings().addressFile(),
            "urubu",
            "urubu",
            scratch.settings().passwordFile().resolveSibling("wrong"));

    assertThatThrownBy(wrong::getConnection)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
  }

  @Test
  void startingARunningServerChangesNothing() throws Exception {
    long before = scratch.server().postmaster().orElseThrow().pid();

    scratch.server().start();

    assertThat(scratch.server().postmaster().orElseThrow().pid()).isEqualTo(before);
  }

  @Test
  void comesBackAfterAKillWithWhatWasCommittedOnTheSamePort() throws Exception {
    tell("INSERT INTO trial.thing VALUES (7, 'kept')");
    String address = Files.readString(scratch.settings().addressFile());
    kill();
    assertThat(scratch.server().isRunning()).isFalse();

    scratch.server().start();

    assertThat(ask("SELECT name FROM trial.thing WHERE id = 7")).isEqualTo("kept");
    assertThat(Files.readString(scratch.settings().addressFile())).isEqualTo(address);
  }

  @Test
  void takesAnotherPortWhenTheLastOneIsTaken() throws Exception {
    scratch.server().stop();
    assertThat(scratch.settings().addressFile()).doesNotExist();
    int last = Integer.parseInt(Files.readString(scratch.settings().lastPortFile()).strip());

    try (var _ = new ServerSocket(last, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      scratch.server().start();

      assertThat(Files.readString(scratch.settings().addressFile()).strip())
          .startsWith("127.0.0.1:")
          .isNotEqualTo("127.0.0.1:" + last);
      assertThat(ask("SELECT 'here'")).isEqualTo("here");
    }
  }

  @Test
  void aFailedStartTellsTheServersLastWords() throws Exception {
    scratch.server().stop();
    var conf = scratch.settings().data().resolve("postgresql.conf");
    String good = Files.readString(conf);
    Files.writeString(conf, good + "\nno_such_setting = 1\n");

    try {
      assertThatThrownBy(() -> scratch.server().start())
          .isInstanceOf(PostgresFailedException.class)
          .hasMessageContaining("no_such_setting");
    } finally {
      Files.writeString(conf, good);
    }
  }

  @Test
  void aBrokenCommitIsReportedAsUnknown() throws Exception {
    try (Connection connection = scratch.dataSource().getConnection()) {

      assertThatThrownBy(
              () ->
                  Transactions.run(
                      connection,
                      c -> {
                        try (Statement statement = c.createStatement()) {
                          statement.execute("INSERT INTO trial.thing VALUES (8, 'lost')");
                        }
                        killUnchecked();
                        return "";
                      }))
          .isInstanceOf(UnknownCommitException.class)
          .satisfies(e -> assertThat(SqlTrouble.of(e)).isEqualTo(SqlTrouble.UNREACHABLE));
    }
  }

  @Test
  void aWrongStatementIsFatalAndAMissingServerIsNot() throws Exception {
    assertThatThrownBy(() -> tell("INSERT INTO trial.thing VALUES (9, NULL)"))
        .satisfies(e -> assertThat(SqlTrouble.of(e)).isEqualTo(SqlTrouble.FATAL));

    scratch.server().stop();

    assertThatThrownBy(() -> tell("SELECT 1"))
        .satisfies(e -> assertThat(SqlTrouble.of(e)).isEqualTo(SqlTrouble.UNREACHABLE));
  }

  @Test
  void aSchemaFromTheFutureIsRefused() throws Exception {
    tell(
        """
        INSERT INTO trial.flyway_schema_history
          (installed_rank, version, description, type, script, checksum, installed_by,
           execution_time, success)
        VALUES (99, '099', 'future', 'SQL', 'V099__future.sql', 1, 'x', 1, true)\
        """);

    assertThatThrownBy(
            () -> Migrations.run(scratch.dataSource(), "trial", "classpath:io/urubu/sql/test"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("99");
    tell("DELETE FROM trial.flyway_schema_history WHERE installed_rank = 99");
  }

  private static void kill() throws Exception {
    ProcessHandle postmaster = scratch.server().postmaster().orElseThrow();
    postmaster.destroyForcibly();
    postmaster.onExit().get(10, TimeUnit.SECONDS);
  }

  private static void killUnchecked() {
    try {
      kill();
      new ServerProcess(scratch.settings().data()).clearOrphans(java.time.Duration.ofSeconds(10));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void tell(String sql) throws SQLException {
    try (Connection connection = scratch.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String ask(String sql) throws SQLException {
    try (Connection connection = scratch.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
