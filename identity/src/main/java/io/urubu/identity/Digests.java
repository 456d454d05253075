package io.urubu.identity;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The one hash that identities are compared by. */
final class Digests {
  private Digests() {}

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
