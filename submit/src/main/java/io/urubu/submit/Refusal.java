package io.urubu.submit;

/** The value of one key cannot be used; the message tells the problem and the mend. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  Refusal(String message) {
    super(message);
  }
}
