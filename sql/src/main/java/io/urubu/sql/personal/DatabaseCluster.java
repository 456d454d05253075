package io.urubu.sql.personal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The server's files: made once, whole or not at all, with the role and the database inside. Who
 * connects must know the role's password; the superuser has none and cannot log in over the
 * network.
 */
final class DatabaseCluster {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rw-------");
  private static final Pattern PASSWORD = Pattern.compile("[A-Za-z0-9_\\-]{16,200}");

  /** Linux takes no longer name for a socket. */
  private static final int MAX_SOCKET_PATH = 107;

  private final PostgresSettings settings;
  private final Binaries binaries;
  private final ServerAccount account;

  DatabaseCluster(PostgresSettings settings, Binaries binaries, ServerAccount account) {
    this.settings = settings;
    this.binaries = binaries;
    this.account = account;
  }

  /** Makes the files when they are not there. */
  void makeIfMissing() throws IOException {
    Path data = settings.data();
    if (Files.exists(data)) {
      return;
    }
    Files.createDirectories(settings.parent());
    Path unfinished = settings.parent().resolve("." + data.getFileName() + ".unfinished");
    Binaries.deleteTree(unfinished);
    Files.createDirectory(
        unfinished,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    account.own(unfinished);
    initialise(unfinished);
    createRoleAndDatabase(unfinished);
    Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
  }

  private void initialise(Path folder) throws IOException {
    run(
        folder,
        "",
        List.of(
            binaries.program("initdb").toString(),
            "--pgdata=" + folder,
            "--username=postgres",
            // Never served like this: the rules are replaced before the first start.
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--data-checksums"));
    write(
        folder.resolve("pg_hba.conf"),
        """
        # Everybody proves to know the role's password.
        host all "%s" 127.0.0.1/32 scram-sha-256
        """
            .formatted(settings.role()));
    Files.writeString(
        folder.resolve("postgresql.conf"), "\ninclude 'urubu.conf'\n", StandardOpenOption.APPEND);
    write(folder.resolve("urubu.conf"), "password_encryption = 'scram-sha-256'\n");
  }

  private void createRoleAndDatabase(Path folder) throws IOException {
    String sql =
        """
        CREATE ROLE "%1$s" LOGIN PASSWORD '%2$s'
        CREATE DATABASE "%3$s" OWNER "%1$s"
        """
            .formatted(settings.role(), password(), settings.database());
    String output =
        run(
            folder,
            sql,
            List.of(
                binaries.program("postgres").toString(),
                "--single",
                "-D",
                folder.toString(),
                "postgres"));
    if (output.contains("ERROR:") || output.contains("FATAL:")) {
      throw new PostgresFailedException("cannot create the database: " + output);
    }
  }

  /** The role's password, made when there is none. */
  String password() throws IOException {
    Path file = settings.passwordFile();
    if (!Files.exists(file)) {
      byte[] random = new byte[32];
      new SecureRandom().nextBytes(random);
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Path unfinished = file.resolveSibling("." + file.getFileName() + ".unfinished");
      Files.deleteIfExists(unfinished);
      Files.createFile(unfinished, PosixFilePermissions.asFileAttribute(PRIVATE));
      Files.writeString(
          unfinished,
          Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n",
          StandardOpenOption.SYNC);
      account.own(unfinished);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
    String password = Files.readString(file).strip();
    if (!PASSWORD.matcher(password).matches()) {
      throw new PostgresFailedException(
          file + " holds no usable password: 16 to 200 letters, digits, - or _ are needed");
    }
    return password;
  }

  /** Writes what may differ from start to start. */
  void configure(int port) throws IOException {
    Path run = settings.run().toAbsolutePath();
    boolean fits = (run + "/.s.PGSQL.65535.lock").length() <= MAX_SOCKET_PATH;
    write(
        settings.data().resolve("urubu.conf"),
        """
        # Written anew at each start.
        listen_addresses = '127.0.0.1'
        port = %d
        unix_socket_directories = '%s'
        unix_socket_permissions = 0700
        password_encryption = 'scram-sha-256'
        fsync = on
        synchronous_commit = on
        full_page_writes = on
        max_connections = 60
        shared_buffers = '64MB'
        max_wal_size = '512MB'
        log_destination = 'stderr'
        logging_collector = off
        log_line_prefix = '%%m [%%p] '
        """
            .formatted(port, fits ? run.toString().replace("'", "''") : ""));
  }

  private void write(Path file, String text) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    Files.deleteIfExists(unfinished);
    Files.createFile(unfinished, PosixFilePermissions.asFileAttribute(PRIVATE));
    Files.write(unfinished, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.SYNC);
    account.own(unfinished);
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private String run(Path folder, String input, List<String> command) throws IOException {
    ServerAccount.Ended ended =
        ServerAccount.finish(account.program(folder, command), input, LIMIT);
    if (ended.status() != 0) {
      throw new PostgresFailedException(
          command.getFirst() + " failed with status " + ended.status() + ": " + ended.output());
    }
    return ended.output();
  }
}
