package io.urubu.starter.shadowlink;

/** The run has no connection to its shadow and will not have one again. */
public final class LinkClosedException extends Exception {
  private static final long serialVersionUID = 1L;

  LinkClosedException(String message) {
    super(message);
  }
}
