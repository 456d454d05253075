package io.urubu.starter.checkpoint;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The clock, and a ticker for what must not be cut short or drawn out when it is set.
 *
 * @param ticker in nanoseconds
 */
record Times(InstantSource clock, LongSupplier ticker) {
  Instant now() {
    return clock.instant();
  }

  long ticks() {
    return ticker.getAsLong();
  }

  Duration since(long ticks) {
    return Duration.ofNanos(ticks() - ticks);
  }
}
