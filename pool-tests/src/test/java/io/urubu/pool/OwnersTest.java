package io.urubu.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.ClassAd;
import io.urubu.command.presence.ProcessMark;
import io.urubu.pool.Counters.Commits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Owners come and go at random moments, and one daemon of each kind is killed in between: every job
 * ends once with the right output, and none goes on from anything older than its last committed
 * checkpoint.
 */
@Tag("pool")
class OwnersTest {
  private static final int WORKSTATIONS = 4;
  private static final int JOBS = 20;
  private static final int STEPS = Integer.getInteger("urubu.steps", 300);
  private static final int EVICTIONS = 30;
  private static final int RESUMES = 20;
  private static final Duration STORM = Duration.ofMinutes(6);
  private static final Duration BETWEEN_KILLS = Duration.ofSeconds(6);
  private static final Duration END = Duration.ofMinutes(4);

  private enum Victim {
    STARTD,
    STARTER,
    SHADOW,
    SCHEDD
  }

  private final long seed =
      Optional.ofNullable(System.getenv("SEED")).map(Long::parseLong).orElse(System.nanoTime());
  private final Random random = new Random(seed);
  private final Commits commits = new Commits();
  private final Set<Victim> killed = EnumSet.noneOf(Victim.class);

  @Test
  void everyJobEndsRightHoweverOftenItsOwnersComeBack() throws Exception {
    System.out.println("OwnersTest: SEED=" + seed);
    try (PoolUnderTest pool = PoolUnderTest.create()) {
      Path stamps = pool.folder("stamps");
      Files.setPosixFilePermissions(stamps, PosixFilePermissions.fromString("rwxrwxrwx"));
      pool.with("SANDBOX_WRITABLE", stamps.toString())
          .with("JOB_DEFAULT_LEASE_DURATION", "30")
          .with("HEARTBEAT_INTERVAL", "1")
          .with("MaxSuspendTime", "1")
          .up(WORKSTATIONS);
      Path work = pool.folder("work");
      List<String> numbers = random.ints(STEPS, 0, 1_000_000).mapToObj(Integer::toString).toList();
      Files.write(work.resolve("numbers"), numbers);
      boolean isTransparent = awaitBackends(pool);
      submit(pool, work, stamps, isTransparent);

      storm(pool, work);

      Await.until("all jobs ended", END, () -> ended(pool).size() == JOBS);
      assertAllRight(pool, work, stamps, numbers);
    }
  }

  /** True when this machine can save programs that know nothing of it. */
  private static boolean awaitBackends(PoolUnderTest pool) throws Exception {
    Await.until(
        "the workstations tell their backends",
        Duration.ofSeconds(60),
        () ->
            pool.machines().size() >= WORKSTATIONS
                && pool.machines().stream().allMatch(ad -> ad.has("CheckpointBackends")));
    boolean isTransparent =
        pool.machines().stream().allMatch(ad -> ad.bool("HasCheckpoint").orElse(false));
    System.out.println(
        "OwnersTest: "
            + (isTransparent
                ? "half of the jobs are unmodified programs, half save themselves"
                : "no transparent backend on this machine: all jobs save themselves"));
    return isTransparent;
  }

  private void submit(PoolUnderTest pool, Path work, Path stamps, boolean isTransparent)
      throws IOException {
    int unmodified = isTransparent ? JOBS / 2 : 0;
    if (unmodified > 0) {
      submit(pool, work, "unmodified", Counters.UNMODIFIED, stamps, "queue " + unmodified);
    }
    submit(
        pool,
        work,
        "saving",
        Counters.SELF_SAVING,
        stamps,
        """
        checkpoint_exit_code = 85
        want_checkpoint_signal = true
        checkpoint_signal = SIGUSR1
        queue %d
        """
            .formatted(JOBS - unmodified));
  }

  private static void submit(
      PoolUnderTest pool, Path work, String name, String script, Path stamps, String lines)
      throws IOException {
    Path program = work.resolve(name);
    Files.writeString(program, script);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(
        work.resolve(name + ".sub"),
        """
        executable = %1$s
        arguments = $(Cluster).$(Process) %2$d %3$s
        transfer_input_files = numbers
        transfer_output_files = progress.$(Cluster).$(Process)
        output = out.$(Cluster).$(Process)
        error = err.$(Cluster).$(Process)
        log = job.log
        request_memory = 16
        periodic_checkpoint = 4
        """
                .formatted(name, STEPS, stamps)
            + lines);
    Cli.Result result = pool.cli(work, "submit", name + ".sub");
    assertThat(result.status()).as(result.toString()).isZero();
  }

  private List<ClassAd> ended(PoolUnderTest pool) throws IOException {
    see(pool);
    return pool.jobs(true);
  }

  private void see(PoolUnderTest pool) {
    try {
      commits.see(pool.jobs(false));
    } catch (IOException _) {
      // The schedd was killed and is about to be started again.
    }
  }

  /** Until there were evictions and resumes enough to mean something, and every victim died. */
  private void storm(PoolUnderTest pool, Path work) throws Exception {
    List<Victim> plan = new ArrayList<>(List.of(Victim.values()));
    Collections.shuffle(plan, random);
    List<RestlessOwner> owners =
        IntStream.rangeClosed(1, WORKSTATIONS)
            .mapToObj(i -> new RestlessOwner(new Workstation(pool, "ws" + i), random))
            .toList();
    long end = System.nanoTime() + STORM.toNanos();
    long nextKill = System.nanoTime() + BETWEEN_KILLS.toNanos();
    while (System.nanoTime() < end && !isEnough(pool, work) && !pool.jobs(false).isEmpty()) {
      owners.forEach(owner -> owner.live(System.nanoTime()));
      see(pool);
      Await.pause(Duration.ofMillis(100));
      if (!plan.isEmpty() && System.nanoTime() > nextKill && kill(pool, plan.getFirst())) {
        killed.add(plan.removeFirst());
        Await.pause(Duration.ofMillis(random.nextInt(1500)));
        pool.upAgain();
        nextKill = System.nanoTime() + BETWEEN_KILLS.toNanos();
      }
    }
    owners.forEach(RestlessOwner::leave);
  }

  /** Comes and goes; sometimes only brushes the mouse, and the job just stands still a moment. */
  private static final class RestlessOwner {
    private final Workstation workstation;
    private final Random random;
    private boolean isThere;
    private long until = System.nanoTime();

    RestlessOwner(Workstation workstation, Random random) {
      this.workstation = workstation;
      this.random = random;
    }

    void live(long now) {
      if (now - until >= 0 && workstation.owner(!isThere)) {
        isThere = !isThere;
        int millis = isThere ? 300 + random.nextInt(3000) : 1500 + random.nextInt(3500);
        until = now + millis * 1_000_000L;
      }
    }

    void leave() {
      workstation.owner(false);
    }
  }

  private boolean isEnough(PoolUnderTest pool, Path work) throws IOException {
    return killed.size() == Victim.values().length
        && evictions(work) >= EVICTIONS
        && resumes(pool) >= RESUMES;
  }

  private static long evictions(Path work) throws IOException {
    return events(work, "004");
  }

  private static long events(Path work, String number) throws IOException {
    return Pattern.compile("^" + number + " \\(", Pattern.MULTILINE)
        .matcher(Files.readString(work.resolve("job.log")))
        .results()
        .count();
  }

  private static long resumes(PoolUnderTest pool) throws IOException {
    return sum(pool.jobs(false), "NumRestarts") + sum(pool.jobs(true), "NumRestarts");
  }

  private static long sum(List<ClassAd> jobs, String attribute) {
    return jobs.stream().mapToLong(job -> job.integer(attribute).orElse(0)).sum();
  }

  private boolean kill(PoolUnderTest pool, Victim victim) throws IOException {
    List<ProcessMark> alive =
        switch (victim) {
          case SCHEDD -> pool.daemon("schedd").stream().toList();
          case STARTD -> pool.daemon("ws" + (1 + random.nextInt(WORKSTATIONS))).stream().toList();
          case SHADOW -> pool.shadows();
          case STARTER -> pool.startersWithRuns();
        };
    return !alive.isEmpty()
        && ProcessHandle.of(alive.get(random.nextInt(alive.size())).pid())
            .map(ProcessHandle::destroyForcibly)
            .orElse(false);
  }

  private void assertAllRight(PoolUnderTest pool, Path work, Path stamps, List<String> numbers)
      throws Exception {
    int jumps = 0;
    for (ClassAd job : pool.jobs(true)) {
      String name = job.integer("ClusterId").orElse(0) + "." + job.integer("ProcId").orElse(0);
      assertThat(job.integer("ExitCode").orElse(-1)).as(job.toString()).isZero();
      assertThat(work.resolve("progress." + name))
          .as("progress of %s (SEED=%d)", name, seed)
          .content()
          .isEqualTo(Counters.expected(numbers, STEPS));
      Counters.assertOneToken(work.resolve("out." + name));
      assertThat(work.resolve("err." + name)).content().isEmpty();
      jumps += commits.assertNeverOlder(name, stamps.resolve(name));
    }
    Await.until("the event log is complete", END, () -> events(work, "005") == JOBS);
    System.out.printf(
        "OwnersTest: %d evictions, %d checkpoints, %d resumes, %d steps back, killed %s%n",
        evictions(work), events(work, "003"), resumes(pool), jumps, killed);
    assertThat(evictions(work)).as("evictions (SEED=%d)", seed).isGreaterThanOrEqualTo(EVICTIONS);
    assertThat(resumes(pool)).as("resumes (SEED=%d)", seed).isGreaterThanOrEqualTo(RESUMES);
    assertThat(killed).as("victims (SEED=%d)", seed).containsExactlyInAnyOrder(Victim.values());
  }
}
