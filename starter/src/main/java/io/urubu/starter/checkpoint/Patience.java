package io.urubu.starter.checkpoint;

import java.time.Duration;

/** A limit that stands still while the job does: a stopped process cannot do what it was told. */
final class Patience {
  private final Times times;
  private long left;
  private long last;

  Patience(Times times, Duration limit) {
    this.times = times;
    this.left = limit.toNanos();
    this.last = times.ticks();
  }

  /** To be asked again and again, every time with what the job is doing now. */
  boolean isLeft(boolean isFrozen) {
    long now = times.ticks();
    if (!isFrozen) {
      left -= now - last;
    }
    last = now;
    return left > 0;
  }
}
