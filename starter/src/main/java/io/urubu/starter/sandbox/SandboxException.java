package io.urubu.starter.sandbox;

/** No sandbox can be made here; the message says why and what mends it. */
public final class SandboxException extends Exception {
  private static final long serialVersionUID = 1L;

  SandboxException(String message) {
    super(message);
  }

  SandboxException(String message, Throwable cause) {
    super(message, cause);
  }
}
