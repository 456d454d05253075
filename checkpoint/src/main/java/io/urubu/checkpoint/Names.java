package io.urubu.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Names that come from elsewhere, made safe for lines of text and for folders. */
final class Names {
  static final int MAX_BYTES = 255;
  private static final int MAX_FOLDER = 200;
  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789@-_";

  private Names() {}

  /**
   * Refuses what cannot be the name of a file in one folder.
   *
   * @throws UnfitException naming it
   */
  static void check(String name) throws UnfitException {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    boolean isPlain =
        bytes.length > 0
            && bytes.length <= MAX_BYTES
            && !name.equals(".")
            && !name.equals("..")
            && name.chars().noneMatch(c -> c == '/' || c < 0x20 || c == 0x7f)
            && new String(bytes, StandardCharsets.UTF_8).equals(name);
    if (!isPlain) {
      throw new UnfitException(
          "'%s' is no name for a file of a checkpoint: 1 to %d bytes without slash or control character"
              .formatted(escape(name), MAX_BYTES));
    }
  }

  /** Of printable ASCII without blanks; {@link #unescape} gives the text back. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b > 0x20 && b < 0x7f && b != '%') {
        escaped.append((char) b);
      } else {
        escaped.append("%%%02x".formatted(b & 0xff));
      }
    }
    return escaped.toString();
  }

  /** Empty for what {@link #escape} never wrote. */
  static Optional<String> unescape(String escaped) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c != '%') {
        bytes.write(c);
        continue;
      }
      if (i + 2 >= escaped.length()) {
        return Optional.empty();
      }
      int high = Character.digit(escaped.charAt(i + 1), 16);
      int low = Character.digit(escaped.charAt(i + 2), 16);
      if (high < 0 || low < 0) {
        return Optional.empty();
      }
      bytes.write(high << 4 | low);
      i += 2;
    }
    return Optional.of(bytes.toString(StandardCharsets.UTF_8));
  }

  /** Different names give different folders. */
  static String asFileName(String name) {
    StringBuilder safe = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      boolean isPlain = PLAIN.indexOf(b) >= 0 || (b == '.' && !safe.isEmpty());
      safe.append(isPlain ? String.valueOf((char) b) : "%%%02x".formatted(b & 0xff));
    }
    return safe.length() <= MAX_FOLDER
        ? safe.toString()
        : "%" + Hashes.of(name.getBytes(StandardCharsets.UTF_8));
  }
}
