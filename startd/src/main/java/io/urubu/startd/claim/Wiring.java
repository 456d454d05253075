package io.urubu.startd.claim;

import io.urubu.classad.ClassAd;
import io.urubu.daemon.rpc.IdentitySource;
import io.urubu.protocol.id.RunRef;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What every claim stream of the daemon shares.
 *
 * @param locate asks the matchmaker where a schedd is now; takes a few seconds at most
 */
public record Wiring(
    IdentitySource identity,
    Duration heartbeat,
    Function<String, Optional<String>> locate,
    LongSupplier ticker,
    RandomGenerator random) {

  /** The monotonic time. */
  public Duration now() {
    return Duration.ofNanos(ticker.getAsLong());
  }

  /** The slot that a stream is for, as its agent lets it be seen at any moment. */
  public interface SlotSide {
    String name();

    ClassAd machineAd();

    /** The run of which something may be in the slot. */
    Optional<RunRef> held();

    /** Why this job may not run here now; empty when it may. */
    Optional<String> refusal(ClassAd jobAd);
  }
}
