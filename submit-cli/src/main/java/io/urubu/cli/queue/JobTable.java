package io.urubu.cli.queue;

import io.urubu.classad.ClassAd;
import io.urubu.cli.session.Elapsed;
import io.urubu.cli.session.Table;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Job ads as a person reads them. */
final class JobTable {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MM/dd HH:mm");
  private static final Map<Long, String> LETTERS =
      Map.of(1L, "I", 2L, "R", 3L, "X", 4L, "C", 5L, "H", 6L, ">", 7L, "S");
  private static final Set<Long> AT_A_MACHINE = Set.of(2L, 6L, 7L);
  private static final int CHECKPOINT = 6;
  private static final int LAST_LEFT = 7;
  private static final Map<String, String> WHY_LEFT =
      Map.of(
          "OwnerReturned", "owner back",
          "UserCommand", "by command",
          "StartdStopped", "machine stopped",
          "ClaimReleased", "claim released",
          "LeaseExpired", "out of touch",
          "StarterFailed", "starter failed");

  private final Table table =
      new Table(
          Set.of(3, CHECKPOINT),
          List.of(LAST_LEFT, CHECKPOINT),
          "ID",
          "OWNER",
          "SUBMITTED",
          "RUN_TIME",
          "ST",
          "WHERE",
          "CHECKPOINT",
          "LAST LEFT",
          "CMD");
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
        runTime(job, status),
        LETTERS.getOrDefault(status, "?"),
        where(job),
        checkpoint(job, status),
        lastLeft(job, status),
        command(job));
  }

  /** Prints for a terminal of so many columns. */
  void print(PrintWriter out, int width) {
    table.print(out, width);
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

  /** Of all runs together. */
  private String runTime(ClassAd job, long status) {
    long seconds = (long) job.real("RemoteWallClockTime").orElse(0);
    if (AT_A_MACHINE.contains(status)) {
      seconds +=
          now.getEpochSecond() - job.integer("JobCurrentStartDate").orElse(now.getEpochSecond());
    }
    return Elapsed.text(seconds);
  }

  /** How old the newest checkpoint is, of a job that may need it. */
  private String checkpoint(ClassAd job, long status) {
    OptionalLong taken = job.integer("LastCheckpointTime");
    return hasEnded(status) || taken.isEmpty() || taken.getAsLong() <= 0
        ? ""
        : Elapsed.text(now.getEpochSecond() - taken.getAsLong());
  }

  private static String lastLeft(ClassAd job, long status) {
    String code = job.string("VacateReasonCode").orElse("");
    return hasEnded(status) || code.isEmpty() ? "" : WHY_LEFT.getOrDefault(code, code);
  }

  private static boolean hasEnded(long status) {
    return status == 3 || status == 4;
  }

  private static String where(ClassAd job) {
    return switch ((int) job.integer("JobStatus").orElse(0)) {
      case 2, 6, 7 -> job.string("RemoteHost").orElse("");
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
