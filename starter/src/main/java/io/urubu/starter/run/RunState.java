package io.urubu.starter.run;

import java.time.Duration;
import java.util.Optional;

/**
 * A run as the starter sees it. Times are ticks of one monotonic clock, in nanoseconds.
 *
 * @param lease how long it goes on without the shadow, and without the startd
 * @param leaseFrom the last sign of the shadow
 * @param startdLostAt empty while the startd is there
 * @param vacateTime from a polite end to a kill
 */
record RunState(
    Phase phase, Duration lease, long leaseFrom, Optional<Long> startdLostAt, Duration vacateTime) {

  static RunState initial(Duration lease, Duration vacateTime, long now) {
    return new RunState(new Phase.Opening(), lease, now, Optional.empty(), vacateTime);
  }

  RunState with(Phase next) {
    return new RunState(next, lease, leaseFrom, startdLostAt, vacateTime);
  }

  RunState withLease(Duration next, long from) {
    // Answers may overtake each other; a lease is never taken back.
    long later = from - leaseFrom > 0 ? from : leaseFrom;
    return new RunState(phase, next, later, startdLostAt, vacateTime);
  }

  RunState withStartd(Optional<Long> lostAt) {
    return new RunState(phase, lease, leaseFrom, lostAt, vacateTime);
  }

  boolean isShadowLeaseOver(long now) {
    return now - leaseFrom > lease.toNanos();
  }

  boolean isStartdLeaseOver(long now) {
    return startdLostAt.isPresent() && now - startdLostAt.get() > lease.toNanos();
  }
}
