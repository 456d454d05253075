package io.urubu.cli.session;

/** Lengths of time as HTCondor's lists show them. */
public final class Elapsed {
  private Elapsed() {}

  /** Days and time of day: {@code 1+02:03:04}; what lies in the future is no time at all. */
  public static String text(long seconds) {
    long rest = Math.max(0, seconds);
    return "%d+%02d:%02d:%02d"
        .formatted(rest / 86_400, rest / 3600 % 24, rest / 60 % 60, rest % 60);
  }
}
