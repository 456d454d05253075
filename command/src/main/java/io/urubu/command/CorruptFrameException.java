package io.urubu.command;

import java.io.IOException;

/**
 * The other side sent bytes that are no frame, or one larger than allowed; the connection is of no
 * more use.
 */
public final class CorruptFrameException extends IOException {
  private static final long serialVersionUID = 1L;

  CorruptFrameException(String message) {
    super(message);
  }

  CorruptFrameException(String message, Throwable cause) {
    super(message, cause);
  }
}
