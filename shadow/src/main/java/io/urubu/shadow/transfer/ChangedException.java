package io.urubu.shadow.transfer;

/** A file changed while it was read: what was sent of it is to be thrown away and read again. */
public final class ChangedException extends Exception {
  private static final long serialVersionUID = 1L;

  ChangedException(String message) {
    super(message);
  }
}
