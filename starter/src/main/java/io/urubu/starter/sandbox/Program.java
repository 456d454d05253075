package io.urubu.starter.sandbox;

import java.util.List;
import java.util.Map;

/**
 * What runs in a sandbox. Paths are those within it; any text without a zero byte may be a word.
 *
 * @param words the program's path and its arguments
 * @param error the same as {@code output} when both go to one file
 * @param sharedMemoryBytes the most that {@code /dev/shm} takes
 */
public record Program(
    List<String> words,
    Map<String, String> environment,
    String input,
    String output,
    String error,
    String hostname,
    long sharedMemoryBytes,
    Start start) {
  public Program {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("a program has a path");
    }
  }

  /** One that is started as it is. */
  public Program(
      List<String> words,
      Map<String, String> environment,
      String input,
      String output,
      String error,
      String hostname,
      long sharedMemoryBytes) {
    this(words, environment, input, output, error, hostname, sharedMemoryBytes, new Start.Plain());
  }

  public Program with(Start other) {
    return new Program(
        words, environment, input, output, error, hostname, sharedMemoryBytes, other);
  }
}
