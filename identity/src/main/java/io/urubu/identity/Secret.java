package io.urubu.identity;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/** 256 random bits that open one claim or one run. Compared in constant time; never shown. */
public final class Secret {
  /** The length of every secret in bytes. */
  public static final int LENGTH = 32;

  private final byte[] bytes;

  private Secret(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a secret has 32 bytes, not " + bytes.length);
    }
    this.bytes = bytes;
  }

  public static Secret random(SecureRandom random) {
    byte[] bytes = new byte[LENGTH];
    random.nextBytes(bytes);
    return new Secret(bytes);
  }

  public static Secret of(byte[] bytes) {
    return new Secret(bytes.clone());
  }

  public static Secret fromHex(String hex) {
    return new Secret(HexFormat.of().parseHex(hex));
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  /** For the one message that hands the secret over. */
  public String toHex() {
    return HexFormat.of().formatHex(bytes);
  }

  /** What may be stored by the one who must recognise the secret. */
  public byte[] sha256() {
    return Digests.sha256(bytes);
  }

  /** True when this secret has that hash. */
  public boolean hasSha256(byte[] hash) {
    return MessageDigest.isEqual(sha256(), hash);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && MessageDigest.isEqual(bytes, secret.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "Secret[hidden]";
  }
}
