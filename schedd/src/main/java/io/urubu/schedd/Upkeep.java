package io.urubu.schedd;

import io.urubu.schedd.queue.History;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the tables in shape that only grow: partitions ahead of time, old rows away. */
final class Upkeep {
  private static final Logger log = LoggerFactory.getLogger(Upkeep.class);
  private static final Duration KEPT = Duration.ofDays(30);

  private final History history;
  private final InstantSource clock;

  Upkeep(History history, InstantSource clock) {
    this.history = history;
    this.clock = clock;
  }

  void run() {
    Instant now = clock.instant();
    try {
      history.makePartitions(now);
      history.purge(now.minus(KEPT));
    } catch (SQLException e) {
      log.atWarn().setCause(e).log("upkeep of the database failed; it is tried again");
    }
  }
}
