package io.urubu.starter.checkpoint;

import io.urubu.starter.sandbox.JobProcess;
import io.urubu.starter.scratch.RunFolders;
import io.urubu.starter.scratch.ScratchArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/** A disk that fills up while images are written kills the job: there must be room before. */
final class Room {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long MEGABYTE = 1 << 20;
  private static final long MARGIN = 32 * MEGABYTE;

  /** Text of programs and libraries that an image holds whether it is resident or not. */
  private static final long PER_PROCESS = 40 * MEGABYTE;

  private Room() {}

  static void require(RunFolders folders, ScratchArchive archive, List<JobProcess> job)
      throws CheckpointException, InterruptedException {
    try {
      long memory = job.stream().mapToLong(JobProcess::memoryBytes).sum();
      long needed = memory + job.size() * PER_PROCESS + archive.size(LIMIT) + MARGIN;
      long free = Files.getFileStore(folders.generations()).getUsableSpace();
      if (free < needed) {
        throw new CheckpointException(
            "a checkpoint may need %d MB, and %d MB are free in %s (free some, or put EXECUTE on a larger disk); the job runs on"
                .formatted(needed / MEGABYTE, free / MEGABYTE, folders.generations()));
      }
    } catch (IOException e) {
      throw new CheckpointException(
          "the room for a checkpoint cannot be measured: " + e.getMessage() + "; the job runs on",
          e);
    }
  }
}
