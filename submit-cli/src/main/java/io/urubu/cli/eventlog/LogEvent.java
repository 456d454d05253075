package io.urubu.cli.eventlog;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One entry of a job event log.
 *
 * @param kind HTCondor's number: 0 submitted, 1 executing, 5 terminated, 9 aborted
 * @param title the first line after its time stamp
 * @param text all lines but the closing one, each with its line end
 */
public record LogEvent(int kind, long cluster, long proc, long subproc, String title, String text) {
  public static final int SUBMITTED = 0;
  public static final int EXECUTING = 1;
  public static final int TERMINATED = 5;
  public static final int ABORTED = 9;

  private static final Pattern HEAD =
      Pattern.compile("(\\d{3}) \\((\\d{1,18})\\.(\\d{1,18})\\.(\\d{1,18})\\) \\S+[ T]\\S+ (.*)");
  private static final String HOST = "host: ";

  /** Reads an entry; empty for what is none. */
  static Optional<LogEvent> parse(String text) {
    int end = text.indexOf('\n');
    Matcher head = HEAD.matcher(end < 0 ? text : text.substring(0, end).stripTrailing());
    return head.matches()
        ? Optional.of(
            new LogEvent(
                Integer.parseInt(head.group(1)),
                Long.parseLong(head.group(2)),
                Long.parseLong(head.group(3)),
                Long.parseLong(head.group(4)),
                head.group(5),
                text))
        : Optional.empty();
  }

  /** The job as HTCondor's log readers name it: {@code 17.0.0}. */
  String key() {
    return cluster + "." + proc + "." + subproc;
  }

  /** The host that the title names, in its angle brackets. */
  String host() {
    int at = title.indexOf(HOST);
    return at < 0 ? title : title.substring(at + HOST.length());
  }
}
