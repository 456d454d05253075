package io.urubu.starter.scratch;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** A path within a scratch folder, part by part; what would lead out of it does not exist. */
public record ScratchName(List<String> parts) {
  private static final int MOST_PARTS = 64;
  private static final int LONGEST_PART = 255;

  public ScratchName {
    parts = List.copyOf(parts);
    if (parts.isEmpty() || parts.size() > MOST_PARTS) {
      throw new IllegalArgumentException("a path has 1 to " + MOST_PARTS + " parts");
    }
    for (String part : parts) {
      if (part.isEmpty()
          || part.equals(".")
          || part.equals("..")
          || part.indexOf('/') >= 0
          || part.indexOf('\0') >= 0
          || part.getBytes(StandardCharsets.UTF_8).length > LONGEST_PART) {
        throw new IllegalArgumentException("'" + part + "' is no name of a file");
      }
    }
  }

  /**
   * Reads {@code folder/file}.
   *
   * @throws IllegalArgumentException for an absolute path, {@code ..} and the like
   */
  public static ScratchName of(String path) {
    return new ScratchName(List.of(path.split("/", -1)));
  }

  @Override
  public String toString() {
    return String.join("/", parts);
  }
}
