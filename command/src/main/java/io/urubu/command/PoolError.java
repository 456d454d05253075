package io.urubu.command;

import java.util.Locale;

/**
 * Every error that a person can get from the pool. A code is never renamed or reused; each has a
 * page in docs/errors.
 */
public enum PoolError {
  /** The submit description cannot be used as it stands. */
  SUBMIT_DESCRIPTION_INVALID(Kind.USER),
  /** A file that the job names does not exist or may not be read. */
  FILE_NOT_USABLE(Kind.USER),
  /** A ClassAd expression does not parse. */
  EXPRESSION_INVALID(Kind.USER),
  /** The request does not say what it must say. */
  REQUEST_INVALID(Kind.USER),
  /** No such job, or not one of the asking user's. */
  JOB_NOT_FOUND(Kind.USER),
  /** The account or token may not do this. */
  PERMISSION_DENIED(Kind.USER),
  /** More was asked for than a limit of the pool allows. */
  LIMIT_EXCEEDED(Kind.RESOURCES),
  /** No disk space is left where it is needed. */
  DISK_FULL(Kind.RESOURCES),
  /** No daemon answers where one should. */
  POOL_UNREACHABLE(Kind.TRANSIENT),
  /** The schedd cannot reach its database; nothing was changed. */
  DATABASE_UNAVAILABLE(Kind.TRANSIENT),
  /** The schedd cannot reach the matchmaker. */
  MATCHMAKER_UNAVAILABLE(Kind.TRANSIENT),
  /** Two parts of the pool do not speak a common version of the protocol. */
  VERSION_MISMATCH(Kind.INTERNAL),
  /** A daemon of the pool did not start. */
  START_FAILED(Kind.RESOURCES),
  /** A bug of Urubu. */
  INTERNAL(Kind.INTERNAL);

  /** Who can do something about it; decides whether to try again. */
  public enum Kind {
    /** The asking person changes the request. */
    USER,
    /** The same request may go through later. */
    TRANSIENT,
    /** Somebody makes room or raises a limit. */
    RESOURCES,
    /** Somebody mends Urubu or its installation. */
    INTERNAL
  }

  private final Kind kind;

  PoolError(Kind kind) {
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** The page that explains it, relative to the project's folder. */
  public String page() {
    return "docs/errors/" + name().toLowerCase(Locale.ROOT).replace('_', '-') + ".md";
  }

  /** The error of that name; {@link #INTERNAL} for a name that this version does not know. */
  public static PoolError named(String name) {
    for (PoolError error : values()) {
      if (error.name().equals(name)) {
        return error;
      }
    }
    return INTERNAL;
  }
}
