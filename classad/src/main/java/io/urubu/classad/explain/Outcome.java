package io.urubu.classad.explain;

import java.util.Locale;

/** What a condition came to. Only {@link #TRUE} lets two ads match. */
public enum Outcome {
  /** True, or a number other than zero. */
  TRUE,
  /** False, or zero. */
  FALSE,
  /** Something that it needs is not there. */
  UNDEFINED,
  /** It cannot be computed, or is neither true nor false; the reason tells more. */
  ERROR,
  /** The evaluation had no end: a cycle, or a limit was reached. */
  ABORTED;

  /** One word in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
