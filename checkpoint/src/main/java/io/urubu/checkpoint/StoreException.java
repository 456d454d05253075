package io.urubu.checkpoint;

import java.io.IOException;

/** The disk under the store does not do what is asked of it; nothing half counts. */
public final class StoreException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  StoreException(String reason) {
    super(reason);
    this.reason = reason;
  }

  StoreException(String reason, IOException cause) {
    super(reason, cause);
    this.reason = reason;
  }

  /** Names the folder, what is wrong, and what mends it. */
  public String reason() {
    return reason;
  }
}
