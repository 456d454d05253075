package io.urubu.identity;

/** What a process is in the pool, as its certificate says. */
public enum Role {
  /** Collector and negotiator of the pool. */
  MATCHMAKER(false),
  /** A queue; signs the short-lived identities of its shadows. */
  SCHEDD(true),
  /** A workstation; signs the short-lived identities of its starters. */
  STARTD(true),
  /** Serves one user's runs on the submit host; signed by its schedd. */
  SHADOW(false),
  /** Runs one user's jobs on a workstation; signed by its startd. */
  STARTER(false);

  private final boolean signs;

  Role(boolean signs) {
    this.signs = signs;
  }

  /** True for daemons that start processes on behalf of users and vouch for them. */
  boolean signs() {
    return signs;
  }

  /** True for processes that a daemon vouches for, not the pool's authority. */
  boolean isDelegated() {
    return this == SHADOW || this == STARTER;
  }

  /** The role that vouches for this one; only for delegated roles. */
  Role signer() {
    return switch (this) {
      case SHADOW -> SCHEDD;
      case STARTER -> STARTD;
      case MATCHMAKER, SCHEDD, STARTD ->
          throw new IllegalStateException(this + " is signed by the pool's authority");
    };
  }
}
