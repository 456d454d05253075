package io.urubu.command;

import io.urubu.classad.ClassAd;

/**
 * The pool refused or could not do what was asked. The message names the culprit, the problem and
 * the mend.
 */
public final class PoolException extends Exception {
  private static final long serialVersionUID = 1L;

  private final PoolError code;

  public PoolException(PoolError code, String message) {
    super(message);
    this.code = code;
  }

  public PoolException(PoolError code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public PoolError code() {
    return code;
  }

  /** The form in which an error travels in a FAILED frame. */
  public ClassAd toAd() {
    return ClassAd.builder()
        .put("ErrorCode", code.name())
        .put("ErrorText", String.valueOf(getMessage()))
        .build();
  }

  static PoolException fromAd(ClassAd ad) {
    return new PoolException(
        PoolError.named(ad.string("ErrorCode").orElse("")),
        ad.string("ErrorText").orElse("no reason was given"));
  }
}
