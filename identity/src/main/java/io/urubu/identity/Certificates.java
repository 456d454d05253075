package io.urubu.identity;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes and reads X.509 certificates: P-256 keys, SHA-256 with ECDSA. */
final class Certificates {
  private static final int URI_NAME = 6;

  /** Clocks of a pool's machines may differ by this much before a fresh certificate is refused. */
  private static final Duration CLOCK_SKEW = Duration.ofHours(1);

  private Certificates() {}

  static KeyPair newKey(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has P-256", e);
    }
  }

  /** How far down a certificate may sign others. */
  enum Signing {
    NOTHING(-1),
    PROCESSES(0),
    DAEMONS(1);

    private final int pathLength;

    Signing(int pathLength) {
      this.pathLength = pathLength;
    }

    private BasicConstraints constraints() {
      return this == NOTHING ? new BasicConstraints(false) : new BasicConstraints(pathLength);
    }

    private KeyUsage usage() {
      return new KeyUsage(
          this == NOTHING
              ? KeyUsage.digitalSignature
              : KeyUsage.digitalSignature | KeyUsage.keyCertSign);
    }
  }

  /** What a new certificate says. */
  record Content(X500Principal name, String uri, Signing signing, Instant now, Duration validity) {}

  static X509Certificate sign(
      Content content,
      PublicKey key,
      X500Principal issuer,
      PrivateKey issuerKey,
      SecureRandom random) {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              new BigInteger(127, random),
              Date.from(content.now().minus(CLOCK_SKEW)),
              Date.from(content.now().plus(content.validity())),
              content.name(),
              key);
      builder.addExtension(Extension.basicConstraints, true, content.signing().constraints());
      builder.addExtension(Extension.keyUsage, true, content.signing().usage());
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, content.uri())));
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKey);
      return parse(builder.build(signer).getEncoded());
    } catch (CertIOException | OperatorCreationException e) {
      throw new IllegalStateException("cannot sign a certificate for " + content.uri(), e);
    } catch (java.io.IOException | IdentityException e) {
      throw new IllegalStateException("a certificate just made cannot be read back", e);
    }
  }

  static X509Certificate parse(byte[] der) throws IdentityException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (GeneralSecurityException e) {
      throw new IdentityException("not an X.509 certificate: " + e.getMessage(), e);
    }
  }

  /** The subject in the certificate's alternative names. */
  static Optional<Subject> subject(X509Certificate certificate) throws IdentityException {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      if (names == null) {
        return Optional.empty();
      }
      return names.stream()
          .filter(name -> name.get(0).equals(URI_NAME))
          .flatMap(name -> Subject.fromUri((String) name.get(1)).stream())
          .findFirst();
    } catch (GeneralSecurityException e) {
      throw new IdentityException("the certificate's names cannot be read", e);
    }
  }
}
