package io.urubu.starter.checkpoint;

import io.urubu.starter.scratch.ScratchArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Lays a generation's archive down. */
final class Unpacking {
  private Unpacking() {}

  static void unpack(ScratchArchive archive, Path generation, Duration limit)
      throws RestartException, InterruptedException {
    try {
      archive.unpack(generation.resolve(ScratchArchive.NAME), limit);
    } catch (IOException e) {
      // What was sent is what was saved: whether it is this machine's fault cannot be told.
      throw new RestartException(
          "the checkpoint's files cannot be laid down: " + e.getMessage(), false);
    }
  }
}
