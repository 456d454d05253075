package io.urubu.starter;

import java.time.Duration;

/** Tells when a starter has been of no use for so long that it ends. One thread asks. */
final class Linger {
  private final long limitNanos;
  private long lastNeeded;

  Linger(Duration limit, long now) {
    this.limitNanos = limit.toNanos();
    this.lastNeeded = now;
  }

  boolean isOver(boolean isNeeded, long now) {
    if (isNeeded) {
      lastNeeded = now;
    }
    return now - lastNeeded > limitNanos;
  }
}
