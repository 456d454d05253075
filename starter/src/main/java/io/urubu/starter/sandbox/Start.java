package io.urubu.starter.sandbox;

import java.util.List;

/** How a program comes to run. */
public sealed interface Start {
  /** From its beginning, with empty files for what it prints. */
  record Plain() implements Start {}

  /** From its beginning, but what it prints is added to what is there. */
  record Appending() implements Start {}

  /** From its beginning, with the library that can save it. */
  record Savable() implements Start {}

  /**
   * From what that library saved.
   *
   * @param images one for each process, as the sandbox names them
   */
  record Restored(List<String> images) implements Start {
    public Restored {
      images = List.copyOf(images);
    }
  }
}
