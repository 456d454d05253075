package io.urubu.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/** A process's own key and the certificates that prove whose it is. Immutable. */
public final class Identity {
  private final PrivateKey key;
  private final List<X509Certificate> chain;
  private final X509Certificate authority;
  private final Subject subject;

  private Identity(PrivateKey key, List<X509Certificate> chain, X509Certificate authority)
      throws IdentityException {
    this.key = key;
    this.chain = List.copyOf(chain);
    this.authority = authority;
    this.subject = new PoolTrust(authority).verify(this.chain);
  }

  static Identity of(PrivateKey key, List<X509Certificate> chain, X509Certificate authority)
      throws IdentityException {
    return new Identity(key, chain, authority);
  }

  /** Reads a file that {@link #toPem} wrote. */
  public static Identity readPem(Path file) throws IOException, IdentityException {
    return parsePem(Files.readString(file));
  }

  /** Key, leaf, further certificates, the pool's authority last. */
  public static Identity parsePem(String text) throws IdentityException {
    Pem pem = Pem.parse(text);
    int last = pem.certificates().size() - 1;
    if (last < 1) {
      throw new IdentityException("an identity has at least its own certificate and the pool's");
    }
    PrivateKey key =
        pem.key().orElseThrow(() -> new IdentityException("the identity's key is missing"));
    return new Identity(key, pem.certificates().subList(0, last), pem.certificates().get(last));
  }

  /** Holds the private key: for a file that only its owner may read, or a pipe. */
  public String toPem() {
    List<X509Certificate> all = new ArrayList<>(chain);
    all.add(authority);
    return new Pem(Optional.of(key), all).format();
  }

  public Subject subject() {
    return subject;
  }

  public PrivateKey key() {
    return key;
  }

  /** Leaf first, without the authority. */
  public List<X509Certificate> chain() {
    return chain;
  }

  public X509Certificate leaf() {
    return chain.getFirst();
  }

  public X509Certificate authority() {
    return authority;
  }

  public PublicKey publicKey() {
    return leaf().getPublicKey();
  }

  public byte[] leafSha256() {
    return sha256(leaf());
  }

  /** What a peer's certificate is pinned by. */
  public static byte[] sha256(X509Certificate certificate) {
    try {
      return Digests.sha256(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a parsed certificate has an encoding", e);
    }
  }

  /** When this identity ends. */
  public Instant expiry() {
    return leaf().getNotAfter().toInstant();
  }

  /** A fresh key for a process that this daemon starts and vouches for. */
  public Identity issue(Subject process, Instant now, Duration validity, SecureRandom random) {
    KeyPair fresh = Certificates.newKey(random);
    try {
      return new Identity(
          fresh.getPrivate(), sign(fresh.getPublic(), process, now, validity, random), authority);
    } catch (IdentityException e) {
      throw new IllegalStateException("an identity just made is not valid", e);
    }
  }

  /** New certificates, as PEM, for a process that keeps its key. */
  public String renewChain(
      PublicKey publicKey, Subject process, Instant now, Duration validity, SecureRandom random) {
    return new Pem(Optional.empty(), sign(publicKey, process, now, validity, random)).format();
  }

  private List<X509Certificate> sign(
      PublicKey publicKey, Subject process, Instant now, Duration validity, SecureRandom random) {
    if (!process.role().isDelegated()
        || process.role().signer() != subject.role()
        || !process.name().equals(subject.name())) {
      throw new IllegalArgumentException(subject + " does not vouch for " + process);
    }
    X509Certificate certificate =
        Certificates.sign(
            new Certificates.Content(
                new X500Principal("CN=" + process.role()),
                process.toUri(),
                Certificates.Signing.NOTHING,
                now,
                validity),
            publicKey,
            leaf().getSubjectX500Principal(),
            key,
            random);
    List<X509Certificate> all = new ArrayList<>();
    all.add(certificate);
    all.addAll(chain);
    return all;
  }

  /** The same key with the certificates of {@link #renewChain}. */
  public Identity renewed(String chainPem) throws IdentityException {
    Pem pem = Pem.parse(chainPem);
    Identity renewed = new Identity(key, pem.certificates(), authority);
    if (!renewed.publicKey().equals(publicKey()) || !renewed.subject().equals(subject)) {
      throw new IdentityException("the renewed certificate speaks of somebody else");
    }
    return renewed;
  }

  /** The trust that goes with this identity: the same pool. */
  public PoolTrust trust() {
    return new PoolTrust(authority);
  }

  @Override
  public String toString() {
    return "Identity[" + subject + "]";
  }
}
