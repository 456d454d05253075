package io.urubu.sql.personal;

import io.urubu.sql.AddressedDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * A private server in a folder of its own, thrown away at the end: for tests. Root runs it as
 * {@code nobody}.
 */
public final class ScratchPostgres implements AutoCloseable {
  private final Path folder;
  private final PostgresSettings settings;
  private final PersonalPostgres server;

  private ScratchPostgres(Path folder, PostgresSettings settings) {
    this.folder = folder;
    this.settings = settings;
    this.server = new PersonalPostgres(settings);
  }

  /** Starts a server with an empty database. The programs are unpacked once per machine. */
  public static ScratchPostgres start() throws IOException {
    Path folder = Files.createTempDirectory("urubu-postgresql-");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    ScratchPostgres scratch =
        new ScratchPostgres(
            folder,
            new PostgresSettings(
                programs(folder),
                folder.resolve("data"),
                folder.resolve("run"),
                folder.resolve("log"),
                folder.resolve("password"),
                ServerAccount.isRoot() ? Optional.of("nobody") : Optional.empty(),
                "urubu",
                "urubu"));
    scratch.server.start();
    return scratch;
  }

  /** A folder that stays, unless somebody else has put one there under our name. */
  private static Path programs(Path folder) throws IOException {
    Path shared =
        Path.of(System.getProperty("java.io.tmpdir"))
            .resolve("urubu-programs-" + System.getProperty("user.name"));
    if (!Files.exists(shared)) {
      Files.createDirectories(shared);
    }
    boolean ours =
        Files.isDirectory(shared)
            && !Files.isSymbolicLink(shared)
            && Files.getOwner(shared).equals(Files.getOwner(folder));
    return ours ? shared : folder.resolve("programs");
  }

  /** Starts it again after a stop or a crash. */
  public PersonalPostgres server() {
    return server;
  }

  public PostgresSettings settings() {
    return settings;
  }

  public AddressedDataSource dataSource() {
    return new AddressedDataSource(
        settings.addressFile(), settings.database(), settings.role(), settings.passwordFile());
  }

  @Override
  public void close() throws IOException {
    server.stop();
    Binaries.deleteTree(folder);
  }
}
