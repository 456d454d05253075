package io.urubu.shadow.runs;

import java.nio.file.Path;

/**
 * One output on its way to its place.
 *
 * @param from where the whole content lies, on the file system of {@code to}
 * @param to where it belongs
 * @param sha256 of the content: tells, after a crash, whether it has arrived
 */
public record Rename(Path from, Path to, long size, Sha256 sha256) {

  /** The folder in which the content waits. */
  public Path fromFolder() {
    return from.resolveSibling("").normalize();
  }

  /** The folder in which it belongs; it may have to be made. */
  public Path toFolder() {
    return to.resolveSibling("").normalize();
  }
}
