package io.urubu.starter;

import io.urubu.classad.ClassAd;
import io.urubu.daemon.rpc.IdentitySource;
import io.urubu.identity.Identity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.function.Consumer;

/** Asks the startd for a new certificate before half of the old one's life is over. */
final class Renewal {
  private static final Duration BETWEEN_REQUESTS = Duration.ofSeconds(30);

  private final IdentitySource identity;
  private final InstantSource clock;
  private final Consumer<ClassAd> startd;
  private Instant askAgain = Instant.MIN;

  Renewal(IdentitySource identity, InstantSource clock, Consumer<ClassAd> startd) {
    this.identity = identity;
    this.clock = clock;
    this.startd = startd;
  }

  void askWhenDue() {
    Instant now = clock.instant();
    if (now.isBefore(askAgain) || now.isBefore(due(identity.current()))) {
      return;
    }
    askAgain = now.plus(BETWEEN_REQUESTS);
    String key = Base64.getEncoder().encodeToString(identity.current().publicKey().getEncoded());
    startd.accept(
        ClassAd.builder()
            .put("Event", "RenewCertificate")
            .put("Command", "RenewCertificate")
            .put("PublicKey", key)
            .build());
  }

  private static Instant due(Identity identity) {
    Instant begin = identity.leaf().getNotBefore().toInstant();
    return begin.plus(Duration.between(begin, identity.expiry()).multipliedBy(45).dividedBy(100));
  }
}
