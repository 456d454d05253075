package io.urubu.starter.run;

import java.util.Optional;

/**
 * Why a job stands still: it does while any of these holds.
 *
 * @param owner the machine's owner uses it, or a startd was away and has not said that nobody does
 * @param user its user wants it so
 * @param startdLostAt a tick; empty while the startd is there
 */
record Holds(Optional<String> owner, Optional<String> user, Optional<Long> startdLostAt) {
  static final Holds NONE = new Holds(Optional.empty(), Optional.empty(), Optional.empty());

  private static final String STARTD_AWAY = "the startd is away";

  boolean isAny() {
    return owner.isPresent() || user.isPresent() || startdLostAt.isPresent();
  }

  /** The weightiest one, for people. */
  String reason() {
    return owner.or(() -> user).orElse(STARTD_AWAY);
  }

  Holds with(Holder holder, Optional<String> reason) {
    return switch (holder) {
      // Only a startd that is there can know that the owner is not.
      case OWNER ->
          reason.isEmpty() && startdLostAt.isPresent()
              ? this
              : new Holds(reason, user, startdLostAt);
      case USER -> new Holds(owner, reason, startdLostAt);
    };
  }

  /** Nobody knows what the owner does; a startd that comes back has to say it. */
  Holds withoutStartd(long now) {
    return new Holds(
        owner.or(() -> Optional.of(STARTD_AWAY)), user, startdLostAt.or(() -> Optional.of(now)));
  }

  Holds withStartd() {
    return new Holds(owner, user, Optional.empty());
  }
}
