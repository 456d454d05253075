package io.urubu.shadow.runs;

import java.time.Duration;

/** A moment of the monotonic clock; only the distance between two of them means something. */
public record Moment(long nanos) {

  public Moment plus(Duration duration) {
    return new Moment(nanos + duration.toNanos());
  }

  /** True when this moment comes later, also where the clock's number has wrapped. */
  public boolean isAfter(Moment other) {
    return nanos - other.nanos > 0;
  }
}
