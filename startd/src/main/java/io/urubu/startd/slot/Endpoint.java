package io.urubu.startd.slot;

import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Where a shadow serves, and the certificate that it must show.
 *
 * @param address host:port
 * @param certificateSha256 in hexadecimal
 */
public record Endpoint(String address, String certificateSha256) {
  private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9.:\\[\\]_-]{1,255}");

  public Endpoint {
    if (!ADDRESS.matcher(address).matches()) {
      throw new IllegalArgumentException("no host:port");
    }
    if (HexFormat.of().parseHex(certificateSha256).length != 32) {
      throw new IllegalArgumentException("a certificate's SHA-256 has 32 bytes");
    }
  }
}
