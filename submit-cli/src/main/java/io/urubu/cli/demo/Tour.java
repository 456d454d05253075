package io.urubu.cli.demo;

import io.urubu.classad.ClassAd;
import io.urubu.cli.pool.PoolRuntime;
import io.urubu.cli.pool.Waiting;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Six jobs in one submission, whose results are known. */
final class Tour {
  private static final int JOBS = 6;
  private static final String EXAMPLE = "tour";
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Duration STEP = Duration.ofMillis(50);
  private static final Map<Long, String> STATES =
      Map.of(
          1L, "idle", 2L, "running", 3L, "removed", 4L, "completed", 5L, "held", 7L, "suspended");
  private static final long RUNNING = 2;
  private static final long HELD = 5;
  private static final List<Long> ENDED = List.of(3L, 4L, HELD);

  private final PoolDesk desk;
  private final Timeline timeline;
  private final Map<String, String> lastByJob = new TreeMap<>();

  Tour(PoolDesk desk, Timeline timeline) {
    this.desk = desk;
    this.timeline = timeline;
  }

  /** True when every result is the known one. */
  boolean run(Path work) throws IOException {
    timeline.say("first: six searches for a short round trip");
    copy(PoolRuntime.own().examples().resolve(EXAMPLE), work);
    desk.submit(work, EXAMPLE + ".sub").lines().forEach(timeline::say);
    boolean ended = Waiting.until(LIMIT, STEP, () -> look() == JOBS);
    if (!ended || lastByJob.values().stream().anyMatch(state -> state.startsWith("held"))) {
      timeline.say("not every job ended well within " + LIMIT.toSeconds() + " s");
      return false;
    }
    return compare(work);
  }

  /** How many jobs have ended or are held. */
  private int look() throws IOException {
    int ended = 0;
    for (ClassAd job : desk.jobs(List.of())) {
      long status = job.integer("JobStatus").orElse(0);
      tell(
          job.integer("ClusterId").orElse(0) + "." + job.integer("ProcId").orElse(0),
          describe(job, status));
      ended += ENDED.contains(status) ? 1 : 0;
    }
    return ended;
  }

  private static String describe(ClassAd job, long status) {
    String state = STATES.getOrDefault(status, "state " + status);
    if (status == RUNNING) {
      return state + " on " + job.string("RemoteHost").orElse("?");
    }
    return status == HELD ? state + ": " + job.string("HoldReason").orElse("?") : state;
  }

  private void tell(String id, String state) {
    if (!state.equals(lastByJob.put(id, state))) {
      timeline.at("job " + id + "  " + state);
    }
  }

  private boolean compare(Path work) throws IOException {
    int right = 0;
    try (DirectoryStream<Path> expected = Files.newDirectoryStream(work.resolve("expected"))) {
      for (Path known : expected) {
        Path result = work.resolve(known.getFileName());
        if (Files.exists(result) && Files.mismatch(known, result) == -1) {
          right++;
          timeline.say("right: " + Files.readAllLines(result).getFirst());
        } else {
          timeline.say("WRONG: " + result + " differs from " + known);
        }
      }
    }
    timeline.say(right + " of " + JOBS + " results are the known ones");
    return right == JOBS;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
