package io.urubu.starter.checkpoint;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A generation whose files lie complete on this host.
 *
 * @param files their names in the folder
 * @param cut when the job stood still
 * @param took from the order to the last byte
 */
public record Taken(
    int number, Path folder, List<String> files, long bytes, Instant cut, Duration took) {
  public Taken {
    files = List.copyOf(files);
  }
}
