package io.urubu.sql.personal;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a personal server lives and what it holds.
 *
 * @param binaries folder into which the server's programs are unpacked, one folder per version;
 *     readable by the account
 * @param data folder of the database cluster; its parent exists or can be made
 * @param run folder for {@code address}, {@code pid} and the server's socket
 * @param log file to which the server's messages are appended
 * @param passwordFile holds the role's password; made when missing, mode 0600, the account's own
 * @param account the server runs as; needed when root starts it, refused otherwise
 * @param database is created with the server
 * @param role owns the database
 */
public record PostgresSettings(
    Path binaries,
    Path data,
    Path run,
    Path log,
    Path passwordFile,
    Optional<String> account,
    String database,
    String role) {
  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

  public PostgresSettings {
    // Both are put between double quotes in SQL.
    if (!NAME.matcher(database).matches() || !NAME.matcher(role).matches()) {
      throw new IllegalArgumentException(
          "database '" + database + "' and role '" + role + "' must match " + NAME);
    }
  }

  Path addressFile() {
    return run.resolve("address");
  }

  Path pidFile() {
    return run.resolve("pid");
  }

  /** Beside the data, since the run folder may be lost at a reboot. */
  Path lastPortFile() {
    return data.resolveSibling(data.getFileName() + ".port");
  }

  Path parent() {
    Path parent = data.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IllegalArgumentException("the data folder has no parent: " + data);
    }
    return parent;
  }
}
