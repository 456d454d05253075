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

  /** What two that ran one after the other used, and the most that either held. */
  public Usage after(Usage earlier) {
    Usage most = max(earlier);
    return new Usage(
        user.plus(earlier.user),
        system.plus(earlier.system),
        most.residentBytes,
        most.virtualBytes,
        most.processes);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
