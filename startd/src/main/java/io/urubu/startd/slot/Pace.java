package io.urubu.startd.slot;

import java.time.Duration;
import java.util.Optional;

/**
 * The times of a run that its starter has.
 *
 * @param since when it began
 * @param retireUntil until when it may go on though it must leave; empty while it need not
 * @param checkpointFrom no checkpoint is asked for before
 */
public record Pace(Duration since, Optional<Duration> retireUntil, Duration checkpointFrom) {

  public static Pace from(Duration now) {
    return new Pace(now, Optional.empty(), now);
  }

  Pace retiring(Duration until) {
    return new Pace(since, Optional.of(until), checkpointFrom);
  }

  Pace nextCheckpoint(Duration from) {
    return new Pace(since, retireUntil, from);
  }
}
