package io.urubu.daemon.rpc;

import io.urubu.identity.Identity;
import io.urubu.identity.Role;
import io.urubu.identity.Subject;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;

/** Whom a dialling side expects to find. */
@FunctionalInterface
public interface PeerCheck {

  /** True when this subject, proven by this certificate, is the one that was meant. */
  boolean accepts(Subject subject, X509Certificate leaf);

  /** Any daemon of that role. */
  static PeerCheck role(Role role) {
    return (subject, _) -> subject.role() == role;
  }

  /** That daemon of that role. */
  static PeerCheck daemon(Role role, String name) {
    return (subject, _) -> subject.role() == role && subject.name().equals(name);
  }

  /** The user's shadow with exactly that certificate. */
  static PeerCheck shadow(String user, byte[] certificateSha256) {
    byte[] expected = certificateSha256.clone();
    return (subject, leaf) ->
        subject.role() == Role.SHADOW
            && subject.user().equals(user)
            && MessageDigest.isEqual(expected, Identity.sha256(leaf));
  }
}
