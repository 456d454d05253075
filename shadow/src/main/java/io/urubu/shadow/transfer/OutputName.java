package io.urubu.shadow.transfer;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Checks the names by which starters call outputs: paths beneath the scratch directory. */
final class OutputName {
  private static final int MAX_BYTES = 4096;
  private static final int MAX_PART_BYTES = 255;
  private static final int MAX_PARTS = 64;

  private OutputName() {}

  static void check(String name) throws RefusedException {
    if (name.isEmpty() || bytes(name) > MAX_BYTES) {
      throw new RefusedException(
          "an output's name has 1 to %d bytes, not %d".formatted(MAX_BYTES, bytes(name)));
    }
    if (name.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw new RefusedException("an output's name has no control characters");
    }
    checkPath(name);
    String[] parts = name.split("/", -1);
    if (parts.length > MAX_PARTS) {
      throw new RefusedException("output '" + name + "': too many folders deep");
    }
    for (String part : parts) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw new RefusedException(
            "output '" + name + "': a path within the scratch directory is meant");
      }
      if (bytes(part) > MAX_PART_BYTES || part.startsWith(Temporaries.PREFIX)) {
        throw new RefusedException("output '" + name + "': no file may be called like that");
      }
    }
  }

  /** The file system's own view: a name that its encoding cannot say, for one. */
  private static void checkPath(String name) throws RefusedException {
    try {
      if (Path.of(name).isAbsolute()) {
        throw new RefusedException(
            "output '" + name + "': a path within the scratch directory is meant");
      }
    } catch (InvalidPathException e) {
      throw new RefusedException("no file can be called like that: " + e.getMessage());
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
