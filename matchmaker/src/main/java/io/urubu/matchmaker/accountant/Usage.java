package io.urubu.matchmaker.accountant;

import java.time.Duration;

/**
 * What a user used.
 *
 * @param priority slots in use, averaged with a half-life: the recent counts most
 * @param slotSeconds slots times seconds, ever
 */
record Usage(double priority, double slotSeconds) {
  static final Usage NONE = new Usage(0, 0);

  /** Nobody counts as having used less. */
  static final double LEAST_PRIORITY = 0.5;

  static final double PRIORITY_FACTOR = 1000;

  /** After so many slots were used for so long. */
  Usage after(int slots, Duration passed, Duration halfLife) {
    double kept = kept(passed, halfLife);
    return new Usage(kept * priority + (1 - kept) * slots, slotSeconds + slots * seconds(passed));
  }

  Usage plus(Usage other) {
    return new Usage(priority + other.priority, slotSeconds + other.slotSeconds);
  }

  /** The larger, the smaller the user's share. */
  double effectivePriority() {
    return Math.max(priority, LEAST_PRIORITY) * PRIORITY_FACTOR;
  }

  private static double kept(Duration passed, Duration halfLife) {
    return Math.pow(0.5, Math.max(seconds(passed), 0) / seconds(halfLife));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
