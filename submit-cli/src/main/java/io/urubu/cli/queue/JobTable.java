package io.urubu.cli.queue;

import io.urubu.classad.ClassAd;
import io.urubu.cli.session.Table;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Job ads as a person reads them. */
final class JobTable {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MM/dd HH:mm");
  private static final Map<Long, String> LETTERS =
      Map.of(1L, "I", 2L, "R", 3L, "X", 4L, "C", 5L, "H", 6L, ">", 7L, "S");
  private static final long RUNNING = 2;

  private final Table table =
      new Table(Set.of(3), "ID", "OWNER", "SUBMITTED", "RUN_TIME", "ST", "WHERE", "CMD");
  private final Map<Long, Long> countByStatus = new HashMap<>();
  private final ZoneId zone;
  private final Instant now;

  JobTable(ZoneId zone, Instant now) {
    this.zone = zone;
    this.now = now;
  }

  /** Keeps the job's row, not its ad: a queue may have very many. */
  void add(ClassAd job) {
    long status = job.integer("JobStatus").orElse(0);
    countByStatus.merge(status, 1L, Long::sum);
    table.row(
        id(job),
        job.string("Owner").orElse("?"),
        time(job.integer("QDate").orElse(0)),
        runTime(job),
        LETTERS.getOrDefault(status, "?"),
        where(job),
        command(job));
  }

  void print(PrintWriter out) {
    table.print(out);
  }

  /** The line under the table, as HTCondor prints it. */
  String totals() {
    return "Total for query: %d jobs; %d completed, %d removed, %d idle, %d running, %d held, %d suspended"
        .formatted(
            countByStatus.values().stream().mapToLong(Long::longValue).sum(),
            count(4),
            count(3),
            count(1),
            count(2),
            count(5),
            count(7));
  }

  private long count(long status) {
    return countByStatus.getOrDefault(status, 0L);
  }

  static String id(ClassAd job) {
    return job.integer("ClusterId").orElse(0) + "." + job.integer("ProcId").orElse(0);
  }

  private String time(long epochSeconds) {
    return TIME.format(Instant.ofEpochSecond(epochSeconds).atZone(zone));
  }

  /** Days and time, of all runs together. */
  private String runTime(ClassAd job) {
    long seconds = (long) job.real("RemoteWallClockTime").orElse(0);
    if (job.integer("JobStatus").orElse(0) == RUNNING) {
      seconds +=
          now.getEpochSecond() - job.integer("JobCurrentStartDate").orElse(now.getEpochSecond());
    }
    long rest = Math.max(0, seconds);
    return "%d+%02d:%02d:%02d"
        .formatted(rest / 86_400, rest / 3600 % 24, rest / 60 % 60, rest % 60);
  }

  private static String where(ClassAd job) {
    return switch ((int) job.integer("JobStatus").orElse(0)) {
      case 2 -> job.string("RemoteHost").orElse("");
      case 4 -> end(job);
      case 5 -> job.string("HoldReason").orElse("");
      default -> "";
    };
  }

  private static String end(ClassAd job) {
    return job.bool("ExitBySignal").orElse(false)
        ? "signal " + job.integer("ExitSignal").orElse(0)
        : "exit " + job.integer("ExitCode").orElse(0);
  }

  private static String command(ClassAd job) {
    String program = job.string("Cmd").orElse("");
    String arguments = job.string("Arguments").or(() -> job.string("Args")).orElse("");
    return (program.substring(program.lastIndexOf('/') + 1) + " " + arguments).strip();
  }
}
