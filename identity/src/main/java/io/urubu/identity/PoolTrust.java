package io.urubu.identity;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

/**
 * Decides whom a chain of certificates proves. Daemons are signed by the pool's authority itself; a
 * shadow by the schedd, a starter by the startd, whose name it carries. Nobody else's signature
 * counts, so a workstation cannot make itself a schedd.
 */
public final class PoolTrust {
  private final X509Certificate authority;

  PoolTrust(X509Certificate authority) {
    this.authority = authority;
  }

  public X509Certificate authority() {
    return authority;
  }

  /**
   * Checks the chain (leaf first, without the authority).
   *
   * @throws IdentityException when it does not end at the authority, has expired, or its roles do
   *     not fit together
   */
  public Subject verify(List<X509Certificate> chain) throws IdentityException {
    if (chain.isEmpty() || chain.size() > 2) {
      throw new IdentityException("a chain has one or two certificates, not " + chain.size());
    }
    validatePath(chain);
    Subject subject = subject(chain.getFirst());
    if (!subject.role().isDelegated()) {
      if (chain.size() != 1) {
        throw new IdentityException(subject.role() + " must be signed by the pool's authority");
      }
      return subject;
    }
    if (chain.size() != 2) {
      throw new IdentityException(subject.role() + " must be signed by its daemon");
    }
    Subject signer = subject(chain.get(1));
    if (signer.role() != subject.role().signer() || !signer.name().equals(subject.name())) {
      throw new IdentityException(signer + " does not vouch for " + subject);
    }
    return subject;
  }

  private void validatePath(List<X509Certificate> chain) throws IdentityException {
    try {
      PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
      parameters.setRevocationEnabled(false);
      CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(chain);
      CertPathValidator.getInstance("PKIX").validate(path, parameters);
    } catch (GeneralSecurityException e) {
      throw new IdentityException("the certificate is not of this pool: " + e.getMessage(), e);
    }
  }

  private static Subject subject(X509Certificate certificate) throws IdentityException {
    return Certificates.subject(certificate)
        .orElseThrow(() -> new IdentityException("the certificate names nobody of a pool"));
  }
}
