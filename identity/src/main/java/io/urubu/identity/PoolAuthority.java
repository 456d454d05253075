package io.urubu.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/**
 * The root of a pool's trust: made once, used when a daemon joins, needed by no running process.
 */
public final class PoolAuthority {
  private static final Duration VALIDITY = Duration.ofDays(3650);

  private final PrivateKey key;
  private final X509Certificate certificate;

  private PoolAuthority(PrivateKey key, X509Certificate certificate) {
    this.key = key;
    this.certificate = certificate;
  }

  /** A new authority, valid for ten years. */
  public static PoolAuthority create(Instant now, SecureRandom random) {
    KeyPair pair = Certificates.newKey(random);
    X500Principal name = new X500Principal("CN=Urubu pool authority");
    X509Certificate certificate =
        Certificates.sign(
            new Certificates.Content(
                name, "urubu:authority", Certificates.Signing.DAEMONS, now, VALIDITY),
            pair.getPublic(),
            name,
            pair.getPrivate(),
            random);
    return new PoolAuthority(pair.getPrivate(), certificate);
  }

  /** Reads a file that {@link #toPem} wrote. */
  public static PoolAuthority readPem(Path file) throws IOException, IdentityException {
    Pem pem = Pem.parse(Files.readString(file));
    if (pem.key().isEmpty() || pem.certificates().size() != 1) {
      throw new IdentityException(file + " does not hold a key and one certificate");
    }
    return new PoolAuthority(pem.key().get(), pem.certificates().getFirst());
  }

  /** Holds the private key: for a file that only its owner may read. */
  public String toPem() {
    return new Pem(Optional.of(key), List.of(certificate)).format();
  }

  /** The identity of a daemon that joins the pool. */
  public Identity issue(Subject daemon, Instant now, SecureRandom random) {
    if (daemon.role().isDelegated()) {
      throw new IllegalArgumentException(daemon.role() + " is signed by its daemon");
    }
    KeyPair pair = Certificates.newKey(random);
    // Names differ, so that a chain's issuer names one certificate.
    X509Certificate leaf =
        Certificates.sign(
            new Certificates.Content(
                new X500Principal("CN=" + daemon.role() + ", OU=" + serial(random)),
                daemon.toUri(),
                daemon.role().signs()
                    ? Certificates.Signing.PROCESSES
                    : Certificates.Signing.NOTHING,
                now,
                VALIDITY),
            pair.getPublic(),
            certificate.getSubjectX500Principal(),
            key,
            random);
    try {
      return Identity.of(pair.getPrivate(), List.of(leaf), certificate);
    } catch (IdentityException e) {
      throw new IllegalStateException("an identity just made is not valid", e);
    }
  }

  private static String serial(SecureRandom random) {
    return Long.toHexString(random.nextLong());
  }
}
