package io.urubu.startd.starters;

import io.urubu.classad.ClassAd;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews a starter's certificate when it asks, not more often than makes sense. */
final class Renewals {
  private static final Logger log = LoggerFactory.getLogger(Renewals.class);

  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final String user;
  private final Starters.Tools tools;
  private final SecureRandom random = new SecureRandom();
  private long earliest;

  Renewals(String user, Starters.Tools tools) {
    this.user = user;
    this.tools = tools;
    this.earliest = tools.ticker().getAsLong();
  }

  void answer(@Nullable StarterLink link, String key) throws IOException, InterruptedException {
    long now = tools.ticker().getAsLong();
    if (link == null || now - earliest < 0) {
      return;
    }
    earliest = now + PAUSE.toNanos();
    try {
      String chain =
          tools
              .identity()
              .current()
              .renewChain(
                  publicKey(key),
                  StarterBirth.subject(tools, user),
                  tools.clock().instant(),
                  tools.certificateLifetime(),
                  random);
      link.call(
          ClassAd.builder().put("Command", "RenewedCertificate").put("Chain", chain).build(),
          ANSWER);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      log.atWarn().addKeyValue("user", user).setCause(e).log("a starter's key cannot be certified");
    }
  }

  private static PublicKey publicKey(String base64) throws GeneralSecurityException {
    PublicKey key =
        KeyFactory.getInstance("EC")
            .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
    if (((ECPublicKey) key).getParams().getCurve().getField().getFieldSize() != 256) {
      throw new GeneralSecurityException("not a P-256 key");
    }
    return key;
  }
}
