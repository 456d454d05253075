package io.urubu.cli.pool;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The leases of accounts that root's workstations lent to users, for a pool whose workstations are
 * all dead.
 */
final class LentAccounts {
  private static final Path LEASES = Path.of("/run/urubu-accounts");

  private LentAccounts() {}

  /** Frees every lease that names this run folder. */
  static void freeThoseOf(Path run) throws IOException {
    if (!Files.isDirectory(LEASES) || !Files.isWritable(LEASES)) {
      return;
    }
    try (DirectoryStream<Path> leases = Files.newDirectoryStream(LEASES)) {
      for (Path lease : leases) {
        if (isOf(lease, run)) {
          Files.deleteIfExists(lease);
        }
      }
    }
    try {
      Files.deleteIfExists(LEASES);
    } catch (DirectoryNotEmptyException _) {
      // Other pools of this host hold leases.
    }
  }

  private static boolean isOf(Path lease, Path run) throws IOException {
    try {
      return Files.isRegularFile(lease) && Files.readString(lease).contains(run.toString());
    } catch (NoSuchFileException _) {
      return false;
    }
  }
}
