package io.urubu.shadow.journal;

/**
 * The journal cannot be read or made durable. The shadow must not go on: what it would answer could
 * be forgotten.
 */
final class JournalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  JournalException(String message) {
    super(message);
  }

  JournalException(String message, Throwable cause) {
    super(message, cause);
  }
}
