package io.urubu.starter.run;

import java.time.Duration;

/**
 * A run as the starter sees it. Times are ticks of one monotonic clock, in nanoseconds.
 *
 * @param lease how long it goes on without the shadow, and without the startd
 * @param leaseFrom the last sign of the shadow
 * @param vacateTime from a polite end to a kill
 * @param generation from which the program is to be started next; 0 for its beginning
 */
record RunState(
    Phase phase,
    Duration lease,
    long leaseFrom,
    Duration vacateTime,
    Holds holds,
    int generation,
    Saves saves) {

  static RunState initial(Duration lease, Duration vacateTime, long now) {
    return new RunState(
        new Phase.Opening(), lease, now, vacateTime, Holds.NONE, 0, Saves.none(Saves.Plan.NONE));
  }

  RunState with(Phase next) {
    return new RunState(next, lease, leaseFrom, vacateTime, holds, generation, saves);
  }

  RunState withLease(Duration next, long from) {
    // Answers may overtake each other; a lease is never taken back.
    long later = from - leaseFrom > 0 ? from : leaseFrom;
    return new RunState(phase, next, later, vacateTime, holds, generation, saves);
  }

  RunState with(Holds next) {
    return new RunState(phase, lease, leaseFrom, vacateTime, next, generation, saves);
  }

  RunState with(Saves next) {
    return new RunState(phase, lease, leaseFrom, vacateTime, holds, generation, next);
  }

  RunState from(int next) {
    return new RunState(phase, lease, leaseFrom, vacateTime, holds, next, saves);
  }

  boolean isHeld() {
    return holds.isAny();
  }

  boolean isShadowLeaseOver(long now) {
    return now - leaseFrom > lease.toNanos();
  }

  boolean isStartdLeaseOver(long now) {
    return holds.startdLostAt().isPresent() && now - holds.startdLostAt().get() > lease.toNanos();
  }
}
