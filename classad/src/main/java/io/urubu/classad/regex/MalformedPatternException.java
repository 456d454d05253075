package io.urubu.classad.regex;

/** A text is not a regular expression, or it is one that is too large. */
public final class MalformedPatternException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedPatternException(String problem, int at) {
    super(problem + " at " + at, null, false, false);
  }
}
