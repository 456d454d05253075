package io.urubu.startd.advertise;

import io.urubu.classad.ClassAd;
import io.urubu.daemon.rpc.IdentitySource;
import io.urubu.startd.slot.Match;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What the advertiser works with.
 *
 * @param host {@code host:port} of the matchmaker; empty: the file says it, whenever it is dialled
 * @param ads the machine ads by slot name, as they are now
 * @param matches takes the matches of slots, by slot name
 */
public record Wiring(
    IdentitySource identity,
    String host,
    Path addressFile,
    Duration heartbeat,
    Supplier<Map<String, ClassAd>> ads,
    BiConsumer<String, Match> matches,
    LongSupplier ticker,
    RandomGenerator random) {

  /** Where the matchmaker is now. */
  Optional<String> address() {
    if (!host.isEmpty()) {
      return Optional.of(host);
    }
    try {
      return Optional.of(Files.readString(addressFile).strip()).filter(text -> !text.isEmpty());
    } catch (IOException _) {
      // It has not started yet, or is starting again.
      return Optional.empty();
    }
  }
}
