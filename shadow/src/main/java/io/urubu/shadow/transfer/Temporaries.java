package io.urubu.shadow.transfer;

import io.urubu.protocol.id.RunRef;
import io.urubu.shadow.runs.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/**
 * How the hidden files are called in which a run's outputs wait: by job, run and output alone, so
 * that they are found again after a crash, and never those of another run or pool.
 */
final class Temporaries {
  static final String PREFIX = ".urubu-";

  private final String prefix;

  Temporaries(RunRef run) {
    this.prefix =
        "%s%s-%d-%s".formatted(PREFIX, run.job(), run.number(), hash(run.schedd()).substring(0, 8));
  }

  private static String hash(String text) {
    return Sha256.hash(text.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** Where the whole output lies. */
  Path whole(Path folder, String output) {
    return folder.resolve(prefix + hash(output).substring(0, 24));
  }

  /** Where it lies until it is whole. */
  Path partial(Path folder, String output, long number) {
    return folder.resolve(prefix + hash(output).substring(0, 24) + "." + number);
  }

  /** Removes everything of the run from the folder. */
  void sweep(Path folder) throws IOException {
    try (DirectoryStream<Path> leftovers =
        Files.newDirectoryStream(
            folder, path -> path.getFileName().toString().startsWith(prefix))) {
      for (Path leftover : leftovers) {
        Files.deleteIfExists(leftover);
      }
    } catch (NoSuchFileException | NotDirectoryException _) {
      // The user has removed the folder, and with it what lay there.
    }
  }
}
