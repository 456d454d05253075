package io.urubu.starter.shadowlink;

/** A file could not be moved, and trying again would not help. */
public final class TransferException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean isRefusal;

  TransferException(String message, boolean isRefusal) {
    super(message);
    this.isRefusal = isRefusal;
  }

  /** True when the shadow does not take a file of that name, or has lost what it is to give. */
  public boolean isRefusal() {
    return isRefusal;
  }
}
