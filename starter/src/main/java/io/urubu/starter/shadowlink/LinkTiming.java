package io.urubu.starter.shadowlink;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The time of a link.
 *
 * @param heartbeat between two signs of life
 * @param ticker nanoseconds
 * @param random spreads the redials of many starters
 */
public record LinkTiming(Duration heartbeat, LongSupplier ticker, RandomGenerator random) {
  private static final int MISSED = 4;
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 5000;

  /** A stream that was silent for so long is dead. */
  Duration silence() {
    return heartbeat.multipliedBy(MISSED);
  }

  /** The pause before the dial after so many failures. */
  Duration pause(int failures) {
    long longest = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures, 10));
    return Duration.ofMillis(random.nextLong(longest / 2, longest + 1));
  }
}
