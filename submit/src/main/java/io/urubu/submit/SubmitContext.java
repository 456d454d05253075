package io.urubu.submit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What a submit description takes from the person and the pool.
 *
 * @param folder that relative names start from, absolute
 * @param environment the person's, for {@code $ENV(X)} and {@code getenv}
 * @param fileSystemDomain hosts with the same one see the same files
 * @param leaseDuration what holds when the description names none
 * @param maxJobs most jobs of one submission
 */
public record SubmitContext(
    Path folder,
    Map<String, String> environment,
    String fileSystemDomain,
    Duration leaseDuration,
    int maxJobs) {

  public SubmitContext {
    if (!folder.isAbsolute()) {
      throw new IllegalArgumentException("relative folder " + folder);
    }
    environment = Map.copyOf(environment);
  }
}
