package io.urubu.remotefile.fuse;

import java.io.IOException;

/** What was read is no request of this protocol. */
final class MalformedRequestException extends IOException {
  private static final long serialVersionUID = 1L;

  MalformedRequestException(String message, Throwable cause) {
    super(message, cause);
  }
}
