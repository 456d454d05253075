package io.urubu.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.urubu.classad.ClassAd;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * One program that knows nothing of checkpoints is moved about, and what could go wrong with its
 * checkpoints does: it is never lost and never silently wrong. Needs a transparent backend.
 */
@Tag("pool")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnerReturnsTest {
  private static final int STEPS = 600;
  private static final long ROOM = 4L << 20;
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final Duration END = Duration.ofSeconds(90);

  private PoolUnderTest pool;
  private Path work;
  private Path stamps;
  private List<String> numbers = List.of();
  private String id = "";

  @BeforeAll
  void start() throws Exception {
    assumeTrue(isInstalled("dmtcp_launch"), "no transparent backend: DMTCP is not installed");
    assumeTrue(isRoot(), "an ordinary user cannot mount a small disk");
    pool = PoolUnderTest.create();
    stamps = pool.folder("stamps");
    work = pool.folder("work");
    Files.setPosixFilePermissions(stamps, PosixFilePermissions.fromString("rwxrwxrwx"));
    // A disk that can be filled without harm to others.
    run("mount", "-t", "tmpfs", "-o", "size=1g,mode=755", "tmpfs", disk().toString());
    pool.with("SANDBOX_WRITABLE", stamps.toString())
        .with("HEARTBEAT_INTERVAL", "1")
        .with("MaxSuspendTime", "1")
        .up(2);
    numbers = new Random(7).ints(STEPS, 0, 1_000_000).mapToObj(Integer::toString).toList();
    Files.write(work.resolve("numbers"), numbers);
    Await.until(
        "the workstations can save any program",
        Duration.ofSeconds(60),
        () ->
            pool.machines().stream().filter(ad -> ad.bool("HasCheckpoint").orElse(false)).count()
                >= 2);
  }

  private Path disk() throws IOException {
    return pool.folder("state/execute");
  }

  private static boolean isInstalled(String program) {
    return Stream.of("/usr/local/bin", "/usr/bin", "/bin")
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static boolean isRoot() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }

  private static void run(String... command) throws IOException {
    Cli.Result result = Cli.execute(Path.of("/"), Map.of(), List.of(command));
    assertThat(result.status()).as(result.toString()).isZero();
  }

  @AfterAll
  void end() throws IOException {
    if (pool != null) {
      pool.cli(work, "down");
      run("umount", disk().toString());
      pool.close();
    }
  }

  @BeforeEach
  void submit() throws IOException {
    Path program = work.resolve("count");
    Files.writeString(program, Counters.UNMODIFIED);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(
        work.resolve("count.sub"),
        """
        executable = count
        arguments = $(Cluster).0 %d %s
        transfer_input_files = numbers
        transfer_output_files = progress.$(Cluster).0
        output = out.$(Cluster)
        error = err.$(Cluster)
        log = job.$(Cluster).log
        request_memory = 16
        queue
        """
            .formatted(STEPS, stamps));
    Cli.Result result = pool.cli(work, "submit", "count.sub");
    assertThat(result.status()).as(result.toString()).isZero();
    id = result.out().replaceFirst("(?s).*cluster (\\d+)\\..*", "$1") + ".0";
  }

  @Test
  void theProgramMovesWithItsMemoryAndComesBackAfterEveryCommand() throws Exception {
    String first = awaitRunning(0);
    new Workstation(pool, first).owner(true);
    String second = awaitRunning(1);
    assertThat(second).isNotEqualTo(first);
    assertThat(job().string("VacateReasonCode")).contains("OwnerReturned");
    assertThat(command("checkpoint", "list").out()).contains(id).contains("dmtcp");

    assertThat(command("suspend", id).out()).contains("Job " + id + " suspended");
    awaitStatus(7);
    assertThat(command("q").out()).contains(" S ");
    assertThat(command("continue", id).out()).contains("Job " + id + " continued");
    awaitStatus(2);

    assertThat(command("vacate", id).out()).contains("Job " + id + " vacated");
    awaitRunning(2);
    assertThat(job().string("VacateReasonCode")).contains("UserCommand");

    assertThat(command("checkpoint", "take", id).status()).isZero();
    Await.until("a checkpoint by hand", SOON, () -> checkpoints() == 3);
    assertThat(command("hold", id).status()).isZero();
    awaitStatus(5);
    new Workstation(pool, first).owner(false);
    assertThat(command("release", id).status()).isZero();
    awaitRunning(3);

    assertThat(command("wait", log()).out()).contains("All jobs done.");
    ClassAd ended = assertEndedRight();
    assertThat(ended.ad("NumVacatesByReason").orElseThrow().integer("OwnerReturned")).hasValue(1);
    assertThat(events()).contains("003 (", "010 (", "011 (", "Job was checkpointed.");
  }

  @Test
  void aDamagedCheckpointIsNoticedAndTheOneBeforeTaken() throws Exception {
    awaitRunning(0);
    takeCheckpoint(1);
    takeCheckpoint(2);
    flipBit(image(2));
    assertThat(command("vacate", "-fast", id).status()).isZero();
    awaitRunning(1);
    assertThat(job().integer("NumCheckpointFallbacks")).hasValue(1);

    // The next one is torn, and so is the one before it: the job starts over.
    takeCheckpoint(3);
    for (Path generation : generations()) {
      tear(image(generation));
    }
    assertThat(command("vacate", "-fast", id).status()).isZero();
    Await.until("the job starts over", SOON, () -> job().integer("NumStartOvers").orElse(0) == 1);
    assertEndedRight();
    assertThat(events()).contains("checkpoint 2", "checkpoint 1");
  }

  @Test
  void withoutItsCoordinatorAJobGoesOnOrStartsAgain() throws Exception {
    awaitRunning(0);
    takeCheckpoint(1);
    List<ProcessHandle> coordinators =
        ProcessHandle.allProcesses()
            .filter(p -> p.info().command().orElse("").endsWith("dmtcp_coordinator"))
            .filter(this::isOfThisPool)
            .toList();
    assertThat(coordinators).isNotEmpty();
    coordinators.forEach(ProcessHandle::destroyForcibly);
    command("checkpoint", "take", id);
    Await.pause(Duration.ofSeconds(1));
    if (!live().isEmpty()) {
      command("vacate", id);
    }
    assertEndedRight();
  }

  @Test
  void aDiskWithoutRoomForACheckpointHurtsNobody() throws Exception {
    String machine = awaitRunning(0);
    takeCheckpoint(1);
    Path filler = disk().resolve(machine).resolve("filler");
    long free = Files.getFileStore(disk()).getUsableSpace();
    run("fallocate", "-l", Long.toString(free - ROOM), filler.toString());
    try {
      command("checkpoint", "take", id);
      Await.until("the failure is told", SOON, () -> job().has("LastCheckpointFailure"));
      assertThat(checkpoints()).isEqualTo(1);
    } finally {
      Files.delete(filler);
    }
    assertEndedRight();
  }

  private boolean isOfThisPool(ProcessHandle process) {
    return process
        .parent()
        .map(
            p ->
                p.info().commandLine().orElse("").contains(pool.folder().toString())
                    || isOfThisPool(p))
        .orElse(false);
  }

  private Cli.Result command(String... words) throws IOException {
    return pool.cli(work, words);
  }

  private ClassAd job() throws IOException {
    return live().getFirst();
  }

  private List<ClassAd> live() throws IOException {
    return Jobs.of(cluster(), pool.jobs(false));
  }

  private long cluster() {
    return Long.parseLong(id.substring(0, id.indexOf('.')));
  }

  private String log() {
    return "job." + cluster() + ".log";
  }

  private long checkpoints() throws IOException {
    return job().integer("NumCheckpoints").orElse(0);
  }

  private void takeCheckpoint(int generation) throws Exception {
    assertThat(command("checkpoint", "take", id).status()).isZero();
    Await.until("checkpoint " + generation, SOON, () -> checkpoints() == generation);
  }

  /** The workstation on which the job runs, after so many restarts. */
  private String awaitRunning(long restarts) throws Exception {
    Await.until("the job runs after " + restarts + " restarts", SOON, () -> isRunning(restarts));
    String host = job().string("RemoteHost").orElseThrow();
    return host.split("@", -1)[1];
  }

  private boolean isRunning(long restarts) throws IOException {
    return job().integer("NumRestarts").orElse(0) == restarts
        && job().integer("JobStatus").orElse(0) == 2
        && job().has("JobCurrentStartExecutingDate")
        && job().has("RemoteHost")
        && job().integer("NumJobStarts").orElse(0) > restarts;
  }

  private void awaitStatus(long status) throws Exception {
    Await.until("status " + status, SOON, () -> job().integer("JobStatus").orElse(0) == status);
  }

  private ClassAd assertEndedRight() throws Exception {
    Await.until("the job has ended", END, () -> Jobs.of(cluster(), pool.jobs(true)).size() == 1);
    ClassAd ended = Jobs.of(cluster(), pool.jobs(true)).getFirst();
    assertThat(ended.integer("ExitCode")).as(ended.toString()).hasValue(0);
    assertThat(work.resolve("progress." + id))
        .content()
        .isEqualTo(Counters.expected(numbers, STEPS));
    Counters.assertOneToken(work.resolve("out." + cluster()));
    return ended;
  }

  private String events() throws IOException {
    return Files.readString(work.resolve(log()));
  }

  private List<Path> generations() throws IOException {
    try (Stream<Path> files = Files.walk(pool.folder().resolve("state/spool"))) {
      return files
          .filter(f -> f.getFileName().toString().matches("g[0-9]+"))
          .filter(f -> f.resolveSibling(".").normalize().endsWith(id))
          .toList();
    }
  }

  private Path image(int generation) throws IOException {
    Optional<Path> folder =
        generations().stream().filter(f -> f.endsWith("g" + generation)).findFirst();
    return image(folder.orElseThrow());
  }

  /** The memory of the program is by far the largest of the files. */
  private static Path image(Path generation) throws IOException {
    try (Stream<Path> files = Files.list(generation)) {
      return files
          .filter(f -> f.getFileName().toString().startsWith("file-"))
          .max(Comparator.comparingLong(f -> f.toFile().length()))
          .orElseThrow();
    }
  }

  private static void flipBit(Path file) throws IOException {
    try (RandomAccessFile image = new RandomAccessFile(file.toFile(), "rw")) {
      image.seek(image.length() / 2);
      int value = image.read();
      image.seek(image.length() / 2);
      image.write(value ^ 0x10);
    }
  }

  private static void tear(Path file) throws IOException {
    try (RandomAccessFile image = new RandomAccessFile(file.toFile(), "rw")) {
      image.setLength(image.length() / 2);
    }
  }
}
