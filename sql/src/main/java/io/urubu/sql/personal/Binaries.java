package io.urubu.sql.personal;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The server's programs, unpacked from the class path into a folder per version. The folder gets
 * its name when it is complete and on disk: one that is there is whole.
 */
final class Binaries {
  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";

  private final Path folder;

  private Binaries(Path folder) {
    this.folder = folder;
  }

  Path program(String name) {
    return folder.resolve("bin").resolve(name);
  }

  /** Finds them in the folder for all versions, or unpacks them there. */
  static Binaries in(Path parent) throws IOException {
    Path folder = parent.toAbsolutePath().resolve("postgresql-" + version());
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(parent);
      Path unfinished = Files.createTempDirectory(parent, ".postgresql-");
      try {
        unpack(unfinished);
        publish(unfinished, folder);
      } finally {
        deleteTree(unfinished);
      }
    }
    return new Binaries(folder);
  }

  private static String version() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Binaries.class.getResourceAsStream("binaries.properties")) {
      if (in == null) {
        throw new IllegalStateException("binaries.properties is not on the class path");
      }
      properties.load(in);
    }
    return properties.getProperty("version");
  }

  private static void unpack(Path target) throws IOException {
    try (InputStream packed = Binaries.class.getResourceAsStream(ARCHIVE)) {
      if (packed == null) {
        throw new PostgresFailedException(
            "no PostgreSQL programs for this machine on the class path ("
                + ARCHIVE
                + "): use an installed server (DATABASE_ADDRESS_FILE)");
      }
      var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)));
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new PostgresFailedException("the archive leaves its folder: " + entry.getName());
        }
        lay(entry, tar, path);
      }
    }
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void lay(TarArchiveEntry entry, InputStream content, Path path)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(path);
    } else if (entry.isSymbolicLink()) {
      Files.createDirectories(path.resolveSibling("."));
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
      return;
    } else {
      Files.createDirectories(path.resolveSibling("."));
      Files.copy(content, path);
    }
    boolean executable = entry.isDirectory() || (entry.getMode() & 0100) != 0;
    Files.setPosixFilePermissions(
        path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private static void publish(Path unfinished, Path folder) throws IOException {
    // One call for a thousand files, instead of an fsync for each.
    ServerAccount.finish(
        new ProcessBuilder(List.of("sync", "-f", unfinished.toString())),
        "",
        Duration.ofMinutes(2));
    try {
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw e;
    } catch (FileSystemException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
      // Somebody else unpacked the same at the same time.
    }
  }

  static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
