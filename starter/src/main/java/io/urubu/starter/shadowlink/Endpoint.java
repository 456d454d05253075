package io.urubu.starter.shadowlink;

import java.util.HexFormat;

/**
 * Where a shadow serves and what it must prove to be.
 *
 * @param address {@code host:port}
 * @param certificateSha256 in hexadecimal digits
 */
public record Endpoint(String address, String certificateSha256) {
  public Endpoint {
    if (!address.matches("[^\\s]+:\\d{1,5}") || !certificateSha256.matches("[0-9a-fA-F]{64}")) {
      throw new IllegalArgumentException("no shadow's address and certificate: '" + address + "'");
    }
  }

  byte[] sha256() {
    return HexFormat.of().parseHex(certificateSha256);
  }
}
