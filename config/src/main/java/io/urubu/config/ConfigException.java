package io.urubu.config;

import java.util.List;

/** The configuration cannot be used; the message holds every problem, one per line. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  ConfigException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** Each with its place, what is set there, and the rule that it breaks. */
  public List<String> problems() {
    return problems;
  }
}
