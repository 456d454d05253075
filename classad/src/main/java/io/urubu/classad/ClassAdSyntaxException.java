package io.urubu.classad;

/**
 * A text is not a ClassAd or expression; the message tells place, problem and what could have stood
 * there.
 */
public final class ClassAdSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  public ClassAdSyntaxException(String message) {
    super(message);
  }
}
