package io.urubu.shadow;

import io.urubu.daemon.rpc.IdentitySource;
import io.urubu.identity.Identity;
import io.urubu.identity.PoolAuthority;
import io.urubu.identity.Role;
import io.urubu.identity.Subject;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;

/** The identities of a pool with one schedd and one startd. */
final class TestPool {
  static final String SCHEDD = "schedd@test";
  static final String USER = "alice@test";

  private final SecureRandom random = new SecureRandom();
  private final Instant now = Instant.now();
  private final PoolAuthority authority = PoolAuthority.create(now, random);
  private final Identity schedd = authority.issue(Subject.daemon(Role.SCHEDD, SCHEDD), now, random);
  private final Identity startd =
      authority.issue(Subject.daemon(Role.STARTD, "ws1@test"), now, random);

  IdentitySource schedd() {
    return new IdentitySource(schedd);
  }

  Identity shadow(Duration validity) {
    return schedd.issue(new Subject(Role.SHADOW, SCHEDD, USER), now, validity, random);
  }

  /** As the schedd renews it. */
  String renewed(Identity shadow) {
    return schedd.renewChain(shadow.publicKey(), shadow.subject(), now, Duration.ofDays(2), random);
  }

  IdentitySource starter(String user) {
    return new IdentitySource(
        startd.issue(new Subject(Role.STARTER, "ws1@test", user), now, Duration.ofDays(1), random));
  }
}
