package io.urubu.cli.eventlog;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A job, the jobs of a cluster, or all jobs; a number that is not there stands for any. */
record LogJob(OptionalLong cluster, OptionalLong proc, OptionalLong subproc) {
  static final LogJob ANY =
      new LogJob(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

  private static final Pattern NUMBERS =
      Pattern.compile("(\\d{1,18})(?:\\.(\\d{1,18})(?:\\.(\\d{1,18}))?)?");

  /** Reads {@code 41}, {@code 41.3} or {@code 41.3.0}; empty for anything else. */
  static Optional<LogJob> parse(String text) {
    Matcher numbers = NUMBERS.matcher(text);
    return numbers.matches()
        ? Optional.of(new LogJob(number(numbers, 1), number(numbers, 2), number(numbers, 3)))
        : Optional.empty();
  }

  private static OptionalLong number(Matcher numbers, int group) {
    String text = numbers.group(group);
    return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
  }

  boolean covers(LogEvent event) {
    return event.cluster() == cluster.orElse(event.cluster())
        && event.proc() == proc.orElse(event.proc())
        && event.subproc() == subproc.orElse(event.subproc());
  }
}
