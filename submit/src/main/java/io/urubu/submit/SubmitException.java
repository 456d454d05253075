package io.urubu.submit;

import java.util.List;

/** A submit description cannot be used; the message holds every problem, one per line. */
public final class SubmitException extends Exception {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  SubmitException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** Each with file and line, what stands there, what is wrong with it, and the mend. */
  public List<String> problems() {
    return problems;
  }
}
