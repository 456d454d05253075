package io.urubu.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class PoolTrustTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String USER = "alice@example.org";

  private final SecureRandom random = new SecureRandom();
  private final Instant now = Instant.now();
  private final PoolAuthority authority = PoolAuthority.create(now, random);
  private final Identity schedd =
      authority.issue(Subject.daemon(Role.SCHEDD, "schedd@h"), now, random);
  private final Identity startd =
      authority.issue(Subject.daemon(Role.STARTD, "ws1@h"), now, random);
  private final Subject shadow = new Subject(Role.SHADOW, "schedd@h", USER);

  @Test
  void aDaemonIsProvenByTheAuthority() throws IdentityException {
    assertThat(startd.trust().verify(schedd.chain())).isEqualTo(schedd.subject());
  }

  @Test
  void aShadowIsProvenByItsSchedd() throws IdentityException {
    Identity issued = schedd.issue(shadow, now, HOUR, random);

    assertThat(startd.trust().verify(issued.chain())).isEqualTo(shadow);
    assertThat(issued.expiry()).isBetween(now.plus(HOUR).minusSeconds(1), now.plus(HOUR));
  }

  @Test
  void aWorkstationCannotMakeAShadow() {
    assertThatThrownBy(
            () -> startd.issue(new Subject(Role.SHADOW, "ws1@h", USER), now, HOUR, random))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not vouch");
  }

  @Test
  void aShadowSignedByAStartdIsRefused() {
    List<X509Certificate> forged = forge(startd, shadow);

    assertThatThrownBy(() -> schedd.trust().verify(forged))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("does not vouch");
  }

  @Test
  void aDaemonSignedByAnotherDaemonIsRefused() {
    var forged = forge(startd, Subject.daemon(Role.SCHEDD, "schedd@h"));

    assertThatThrownBy(() -> schedd.trust().verify(forged))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("signed by the pool's authority");
  }

  @Test
  void aShadowCannotVouchForAnybody() throws Exception {
    Identity issued = schedd.issue(shadow, now, HOUR, random);
    var forged = forge(issued, new Subject(Role.SHADOW, "schedd@h", "bob@example.org"));

    assertThatThrownBy(() -> schedd.trust().verify(List.of(forged.get(0), issued.leaf())))
        .isInstanceOf(IdentityException.class);
  }

  @Test
  void anotherPoolIsRefused() {
    Identity stranger =
        PoolAuthority.create(now, random)
            .issue(Subject.daemon(Role.SCHEDD, "schedd@h"), now, random);

    assertThatThrownBy(() -> schedd.trust().verify(stranger.chain()))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("not of this pool");
  }

  @Test
  void anExpiredIdentityIsRefused() {
    var old =
        Certificates.sign(
            new Certificates.Content(
                new X500Principal("CN=x"),
                shadow.toUri(),
                Certificates.Signing.NOTHING,
                now.minus(HOUR.multipliedBy(3)),
                HOUR),
            Certificates.newKey(random).getPublic(),
            schedd.leaf().getSubjectX500Principal(),
            schedd.key(),
            random);

    assertThatThrownBy(() -> startd.trust().verify(List.of(old, schedd.leaf())))
        .isInstanceOf(IdentityException.class);
  }

  @Test
  void anIdentitySurvivesPem() throws IdentityException {
    Identity issued = schedd.issue(shadow, now, HOUR, random);

    Identity read = Identity.parsePem(issued.toPem());

    assertThat(read.subject()).isEqualTo(shadow);
    assertThat(read.leafSha256()).isEqualTo(issued.leafSha256());
    assertThat(read.toPem()).isEqualTo(issued.toPem());
  }

  @Test
  void aRenewedIdentityKeepsItsKeyAndSubject() throws IdentityException {
    Identity issued = schedd.issue(shadow, now, HOUR, random);
    String chain = schedd.renewChain(issued.publicKey(), shadow, now, HOUR.multipliedBy(2), random);

    Identity renewed = issued.renewed(chain);

    assertThat(renewed.expiry()).isAfter(issued.expiry());
    assertThat(renewed.publicKey()).isEqualTo(issued.publicKey());
  }

  @Test
  void aCertificateOfAnotherIsNoRenewal() {
    Identity issued = schedd.issue(shadow, now, HOUR, random);
    Identity other =
        schedd.issue(new Subject(Role.SHADOW, "schedd@h", "bob@example.org"), now, HOUR, random);
    String chain = schedd.renewChain(other.publicKey(), other.subject(), now, HOUR, random);

    assertThatThrownBy(() -> issued.renewed(chain)).isInstanceOf(IdentityException.class);
  }

  @Test
  void namesWithAnyCharacterSurviveTheCertificate() throws IdentityException {
    Subject odd = new Subject(Role.SHADOW, "schedd@h", "a:b %/é@example.org");

    assertThat(startd.trust().verify(schedd.issue(odd, now, HOUR, random).chain())).isEqualTo(odd);
  }

  @Test
  void aSecretIsNeverShown() {
    Secret secret = Secret.random(random);

    assertThat(secret.toString()).doesNotContain(secret.toHex()).isEqualTo("Secret[hidden]");
    assertThat(Secret.fromHex(secret.toHex())).isEqualTo(secret);
    assertThat(secret.hasSha256(Secret.of(secret.bytes()).sha256())).isTrue();
    assertThat(secret.hasSha256(Secret.random(random).sha256())).isFalse();
  }

  /** What a process with that key could sign, whatever our own code refuses to. */
  private List<X509Certificate> forge(Identity signer, Subject subject) {
    var certificate =
        Certificates.sign(
            new Certificates.Content(
                new X500Principal("CN=forged"),
                subject.toUri(),
                Certificates.Signing.NOTHING,
                now,
                HOUR),
            Certificates.newKey(random).getPublic(),
            signer.leaf().getSubjectX500Principal(),
            signer.key(),
            random);
    return List.of(certificate, signer.leaf());
  }
}
