package io.urubu.schedd.shadows;

import io.urubu.daemon.rpc.IdentitySource;
import io.urubu.identity.Role;
import io.urubu.identity.Subject;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;

/** Signs the short-lived identities of this schedd's shadows. */
public final class ShadowIdentities {
  private final IdentitySource schedd;
  private final Duration validity;
  private final InstantSource clock;
  private final SecureRandom random;

  public ShadowIdentities(
      IdentitySource schedd, Duration validity, InstantSource clock, SecureRandom random) {
    this.schedd = schedd;
    this.validity = validity;
    this.clock = clock;
    this.random = random;
  }

  /** PEM with a fresh key: for the new shadow's standard input, and nowhere else. */
  String issue(String user) {
    return schedd.current().issue(subject(user), clock.instant(), validity, random).toPem();
  }

  String renew(PublicKey key, String user) {
    return schedd.current().renewChain(key, subject(user), clock.instant(), validity, random);
  }

  String scheddName() {
    return schedd.current().subject().name();
  }

  private Subject subject(String user) {
    return new Subject(Role.SHADOW, scheddName(), user);
  }
}
