package io.urubu.schedd.queue;

import java.time.Instant;

/**
 * One checkpoint of a job in its user's store.
 *
 * @param number within the job, from 1
 * @param run in which it was taken
 * @param platform of machines where it can be restarted; empty: on any
 * @param recipeSha256 hex; of the file in the store that names what belongs to it
 * @param failedRestarts how often it could not be restarted, of those that count against it
 */
public record Generation(
    int number,
    int run,
    String backend,
    String platform,
    long bytes,
    Instant cutAt,
    String recipeSha256,
    int failedRestarts) {
  private static final int SHA256_DIGITS = 64;

  public Generation {
    if (number < 1 || run < 1 || bytes < 0 || recipeSha256.length() != SHA256_DIGITS) {
      throw new IllegalArgumentException(
          "no checkpoint: number %d, run %d, %d bytes, recipe %s"
              .formatted(number, run, bytes, recipeSha256));
    }
  }

  /** One that was just taken. */
  public Generation(
      int number,
      int run,
      String backend,
      String platform,
      long bytes,
      Instant cutAt,
      String recipeSha256) {
    this(number, run, backend, platform, bytes, cutAt, recipeSha256, 0);
  }

  /** True when both mean the same files. */
  boolean isSame(Generation other) {
    return number == other.number && recipeSha256.equals(other.recipeSha256);
  }

  Generation failedOnce() {
    return new Generation(
        number, run, backend, platform, bytes, cutAt, recipeSha256, failedRestarts + 1);
  }
}
