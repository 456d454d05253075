package io.urubu.starter.scratch;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Names of files as UTF-8 text, whatever the process's locale: the kernel's bytes and {@link Path}
 * meet in the percent form of URIs, which keeps every byte.
 */
final class FileName {
  private static final String PLAIN = "-_.~";
  private static final Path ROOT = Path.of("/");

  private FileName() {}

  /** A single name, as a relative path. */
  static Path toPath(String name) {
    StringBuilder text = new StringBuilder("file:///");
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      int c = b & 0xff;
      if (c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0)) {
        text.append((char) c);
      } else {
        text.append("%%%02X".formatted(c));
      }
    }
    return ROOT.relativize(Path.of(URI.create(text.toString())));
  }

  /** Empty for bytes that are no UTF-8. */
  static Optional<String> toText(Path name) {
    String raw = ROOT.resolve(name).toUri().getRawPath().substring(1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        bytes.write(Integer.parseInt(raw, i + 1, i + 3, 16));
        i += 2;
      } else if (c != '/') {
        // A slash can only follow when a folder of that name lies in the root folder.
        bytes.write(c);
      }
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.toByteArray()))
              .toString());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }
}
