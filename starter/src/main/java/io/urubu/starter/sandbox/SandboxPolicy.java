package io.urubu.starter.sandbox;

import java.nio.file.Path;
import java.util.List;

/**
 * What the machine's owner lets jobs see and use.
 *
 * @param readOnly folders beside the system's that jobs may read
 * @param writable folders beside their own that jobs may write
 * @param hidden folders that stay empty even when one of the others contains them
 * @param niceness of the jobs
 */
public record SandboxPolicy(
    List<Path> readOnly, List<Path> writable, List<Path> hidden, int niceness) {
  public SandboxPolicy {
    readOnly = List.copyOf(readOnly);
    writable = List.copyOf(writable);
    hidden = List.copyOf(hidden);
  }
}
