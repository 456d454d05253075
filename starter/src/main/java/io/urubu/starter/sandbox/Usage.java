package io.urubu.starter.sandbox;

import java.time.Duration;

/** What a sandbox's processes have used so far, and hold now. */
public record Usage(
    Duration user, Duration system, long residentBytes, long virtualBytes, int processes) {
  public static final Usage NOTHING = new Usage(Duration.ZERO, Duration.ZERO, 0, 0, 0);

  /** The larger of both in every respect. */
  public Usage max(Usage other) {
    return new Usage(
        longer(user, other.user),
        longer(system, other.system),
        Math.max(residentBytes, other.residentBytes),
        Math.max(virtualBytes, other.virtualBytes),
        Math.max(processes, other.processes));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
