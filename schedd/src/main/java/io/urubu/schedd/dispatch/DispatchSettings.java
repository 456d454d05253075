package io.urubu.schedd.dispatch;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What the dispatcher goes by.
 *
 * @param lease how long a run or claim lives without a sign of the other side
 * @param heartbeat time between two signs of life; a line is dead after four
 * @param ticketPatience how long an offer waits for its match
 * @param matchTimeout how long a match waits for its offer
 * @param shadowLinger how long a shadow without work stays
 */
public record DispatchSettings(
    String schedd,
    Duration lease,
    Duration heartbeat,
    Duration ticketPatience,
    Duration matchTimeout,
    Duration shadowLinger,
    LongSupplier ticker,
    SecureRandom random) {

  long now() {
    return ticker.getAsLong();
  }

  boolean isOver(long since, Duration limit) {
    return now() - since > limit.toNanos();
  }

  Duration silenceLimit() {
    return heartbeat.multipliedBy(4);
  }
}
