package io.urubu.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.ClassAd;
import io.urubu.command.presence.ProcessMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * kill -9 of every kind of daemon at random moments: no job is lost, none ends twice, no two runs
 * of one overlap.
 */
@Tag("pool")
class SurvivalTest {
  private static final int JOBS = Integer.getInteger("urubu.jobs", 40);
  private static final int WORKSTATIONS = 4;
  private static final int KILLS_OF_EACH = Integer.getInteger("urubu.kills", 2);
  private static final Duration END = Duration.ofSeconds(120 + 5L * JOBS);

  private enum Kind {
    SCHEDD,
    MATCHMAKER,
    STARTD,
    SHADOW,
    STARTER,
    POSTGRESQL
  }

  private final long seed =
      Optional.ofNullable(System.getenv("SEED")).map(Long::parseLong).orElse(System.nanoTime());
  private final Random random = new Random(seed);
  private final Map<Kind, Integer> killsWhileJobsRan = new EnumMap<>(Kind.class);

  @Test
  void everyJobEndsOnceWhateverIsKilled() throws Exception {
    System.out.println("SurvivalTest: SEED=" + seed);
    try (PoolUnderTest pool = PoolUnderTest.create()) {
      Path stampFolder = pool.folder("stamps");
      Files.setPosixFilePermissions(stampFolder, PosixFilePermissions.fromString("rwxrwxrwx"));
      Stamps stamps = new Stamps(stampFolder);
      pool.with("SANDBOX_WRITABLE", stampFolder.toString())
          .with("JOB_DEFAULT_LEASE_DURATION", "30")
          .with("HEARTBEAT_INTERVAL", "1")
          .up(WORKSTATIONS);
      Path work = submit(pool, stampFolder);

      killAround(pool, stamps);

      pool.upAgain();
      Await.until("all jobs ended", END, () -> pool.jobs(true).size() == JOBS);
      assertAllRight(pool, stamps, work);
    }
  }

  private Path submit(PoolUnderTest pool, Path stampFolder) throws IOException {
    Path work = pool.folder("work");
    writeScript(work.resolve("job.sh"), stampFolder);
    Files.write(
        work.resolve("numbers"),
        random.ints(500, 0, 1_000_000).mapToObj(Integer::toString).toList());
    Files.writeString(
        work.resolve("job.sub"),
        """
        executable = job.sh
        arguments = $(Process)
        transfer_input_files = numbers
        transfer_output_files = sorted.$(Process)
        output = out.$(Process)
        error = err.$(Process)
        log = job.log
        request_memory = 16
        queue %d
        """
            .formatted(JOBS));
    Cli.Result result = pool.cli(work, "submit", "job.sub");
    assertThat(result.out())
        .isEqualTo(
            "Submitting job(s)"
                + ".".repeat(JOBS)
                + "\n"
                + JOBS
                + " job(s) submitted to cluster 1.\n");
    return work;
  }

  /** Runs for some four seconds and tells about it all the while. */
  private static void writeScript(Path script, Path stampFolder) throws IOException {
    Files.writeString(
        script,
        "#!/bin/sh\n"
            + Stamps.shellFunction(stampFolder)
            + """
            stamp start
            i=0
            while [ $i -lt 40 ]; do stamp tick; sleep 0.1; i=$((i + 1)); done
            sort -n numbers > sorted.$1
            echo "job $1 of $(wc -l < numbers) numbers"
            stamp stop
            """);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /**
   * Each kind as often as wanted, in random order, and each time everything is started again after
   * a while.
   */
  private void killAround(PoolUnderTest pool, Stamps stamps) throws Exception {
    List<Kind> plan = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      plan.addAll(Collections.nCopies(KILLS_OF_EACH, kind));
    }
    Collections.shuffle(plan, random);
    for (Kind kind : plan) {
      int attempts = 0;
      while (!kill(pool, stamps, kind)) {
        assertThat(++attempts).as("attempts to kill a %s (SEED=%d)", kind, seed).isLessThan(20);
      }
      Await.pause(Duration.ofMillis(random.nextInt(1500)));
      pool.upAgain();
    }
  }

  /** False when no job ran at that moment, or the victim had ended by itself. */
  private boolean kill(PoolUnderTest pool, Stamps stamps, Kind kind) throws Exception {
    Await.until("jobs run", Duration.ofSeconds(60), () -> stamps.running() > 0);
    Await.until(
        "a " + kind + " lives", Duration.ofSeconds(30), () -> !victims(pool, kind).isEmpty());
    Await.pause(Duration.ofMillis(random.nextInt(1500)));
    List<Long> victims = victims(pool, kind);
    if (stamps.running() == 0 || victims.isEmpty()) {
      return false;
    }
    Optional<ProcessHandle> victim = ProcessHandle.of(victims.get(random.nextInt(victims.size())));
    boolean killed = victim.isPresent() && victim.get().destroyForcibly();
    if (killed) {
      killsWhileJobsRan.merge(kind, 1, Integer::sum);
    }
    return killed;
  }

  private static List<Long> victims(PoolUnderTest pool, Kind kind) throws IOException {
    return switch (kind) {
      case SCHEDD -> pids(pool.daemon("schedd").stream().toList());
      case MATCHMAKER -> pids(pool.daemon("matchmaker").stream().toList());
      case SHADOW -> pids(pool.shadows());
      case STARTER -> pids(pool.startersWithRuns());
      case POSTGRESQL -> pool.postmaster().stream().toList();
      case STARTD -> {
        List<ProcessMark> startds = new ArrayList<>();
        for (int i = 1; i <= WORKSTATIONS; i++) {
          pool.daemon("ws" + i).ifPresent(startds::add);
        }
        yield pids(startds);
      }
    };
  }

  private static List<Long> pids(List<ProcessMark> marks) {
    return marks.stream().map(ProcessMark::pid).toList();
  }

  private void assertAllRight(PoolUnderTest pool, Stamps stamps, Path work) throws Exception {
    System.out.printf(
        "SurvivalTest: kills while jobs ran %s, runs beyond the first %d%n",
        killsWhileJobsRan, stamps.extraRuns());
    for (Kind kind : Kind.values()) {
      assertThat(killsWhileJobsRan.getOrDefault(kind, 0))
          .as("kills of %s while jobs ran (SEED=%d)", kind, seed)
          .isGreaterThanOrEqualTo(KILLS_OF_EACH);
    }
    // A starter's death ends its run, so there must have been others.
    assertThat(stamps.extraRuns()).as("runs beyond the first (SEED=%d)", seed).isPositive();
    assertThat(pool.jobs(false)).isEmpty();
    for (ClassAd job : pool.jobs(true)) {
      assertThat(job.integer("ExitCode").orElse(-1)).as(job.toString()).isZero();
    }
    List<String> sorted = Files.readAllLines(work.resolve("numbers"));
    sorted.sort(java.util.Comparator.comparingInt(Integer::parseInt));
    for (int i = 0; i < JOBS; i++) {
      assertThat(work.resolve("sorted." + i)).content().isEqualTo(String.join("\n", sorted) + "\n");
      assertThat(work.resolve("out." + i)).content().isEqualTo("job " + i + " of 500 numbers\n");
    }
    stamps.assertEachEndedOnce(JOBS);
    stamps.assertNoTwoRunsOverlapped();
    assertEventsOnce(work.resolve("job.log"));
  }

  /** The event log is written by the pool a while after the queue has changed. */
  private static void assertEventsOnce(Path log) throws Exception {
    Await.until(
        "the event log is complete",
        Duration.ofSeconds(30),
        () -> count(log, "005").size() == JOBS && count(log, "000").size() == JOBS);
    assertThat(count(log, "005")).doesNotHaveDuplicates();
    assertThat(count(log, "000")).doesNotHaveDuplicates();
    assertThat(count(log, "009")).isEmpty();
  }

  private static List<String> count(Path log, String event) throws IOException {
    Matcher matcher =
        Pattern.compile("^" + event + " \\((\\d+\\.\\d+\\.\\d+)\\)", Pattern.MULTILINE)
            .matcher(Files.readString(log));
    List<String> jobs = new ArrayList<>();
    while (matcher.find()) {
      jobs.add(matcher.group(1));
    }
    return jobs;
  }
}
