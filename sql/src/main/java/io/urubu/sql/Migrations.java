package io.urubu.sql;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings a daemon's schema to the version of its program. */
public final class Migrations {
  private Migrations() {}

  /**
   * Applies what is missing; does nothing when nothing is.
   *
   * @param schema belongs to one daemon, and is created when missing
   * @param location of the scripts, as {@code classpath:io/urubu/…}
   * @throws SQLException when the server cannot be reached, a script fails, an applied script was
   *     changed, or the schema is newer than the program
   */
  public static void run(DataSource source, String schema, String location) throws SQLException {
    try {
      Flyway.configure()
          .dataSource(source)
          .schemas(schema)
          .defaultSchema(schema)
          .createSchemas(true)
          .locations(location)
          .failOnMissingLocations(true)
          .validateMigrationNaming(true)
          // None: also a migration from the future stops the daemon.
          .ignoreMigrationPatterns(new String[0])
          .cleanDisabled(true)
          .load()
          .migrate();
    } catch (FlywayException e) {
      String state = SqlTrouble.of(e) == SqlTrouble.FATAL ? "42000" : SqlTrouble.CONNECTION_STATE;
      throw new SQLException("schema " + schema + ": " + e.getMessage(), state, e);
    }
  }
}
