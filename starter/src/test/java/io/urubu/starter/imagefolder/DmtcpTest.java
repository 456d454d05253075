package io.urubu.starter.imagefolder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DMTCP itself, in a sandbox, writes images through a run's folder. */
@Tag("module")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DmtcpTest {
  private static final long HOLD_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Counts as fast as it can in processes and threads; each keeps its number in a mapped file. */
  private static final String COUNTERS =
      """
      import mmap, os, sys, threading, time
      processes, threads = int(sys.argv[1]), int(sys.argv[2])
      def count(path):
          file = os.open(path, os.O_RDWR | os.O_CREAT)
          os.ftruncate(file, 8)
          memory = mmap.mmap(file, 8)
          number = int.from_bytes(memory[:], "little")
          while True:
              number += 1
              memory[:] = number.to_bytes(8, "little")
      for p in range(1, processes):
          if os.fork() == 0:
              break
      else:
          p = 0
      for t in range(1, threads):
          threading.Thread(target=count, args=(f"/scratch/count-{p}-{t}",), daemon=True).start()
      count(f"/scratch/count-{p}-0")
      """;

  private static final String AGENT =
      """

      while [ ! -s /.urubu/control/port ]; do sleep 0.05; done
      while read -r order; do
        dmtcp_command -p "$(cat /.urubu/control/port)" $order >/dev/null
        echo $?
      done
      """;

  @TempDir Path run;

  private Path scratch;
  private Path control;
  private Path generations;
  private TestMount mount;
  private ImageFolders folders;
  private ImageFolder images;
  private @Nullable Process sandbox;

  @BeforeEach
  void prepare() throws Exception {
    Assumptions.assumeTrue(
        Stream.of("/usr/local/bin", "/usr/bin")
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "dmtcp_launch"))),
        "SKIPPED: DMTCP is not installed");
    scratch = Files.createDirectory(run.resolve("scratch"));
    control = Files.createDirectory(run.resolve("control"));
    generations = Files.createDirectory(run.resolve("generations"));
    Path root = Files.createDirectory(run.resolve("images"));
    mount = TestMount.make(root);
    folders = ImageFolders.serve(root, mount.descriptor);
    images = folders.add("41.3.1");
  }

  @AfterEach
  void end() throws Exception {
    if (folders != null) {
      images.disarm();
      kill();
      folders.close();
      mount.close();
    }
  }

  private void kill() throws InterruptedException {
    if (sandbox != null) {
      sandbox.destroyForcibly().waitFor();
    }
  }

  /** The system's folders, the run's own, and nothing else; orders to DMTCP come by the pipe. */
  private void launch(String job) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of("bwrap", "--unshare-user", "--unshare-pid", "--unshare-net", "--unshare-ipc"));
    command.addAll(List.of("--die-with-parent", "--new-session", "--cap-drop", "ALL"));
    command.addAll(List.of("--ro-bind", "/usr", "/usr", "--proc", "/proc", "--dev", "/dev"));
    for (String folder : List.of("bin", "lib", "lib64")) {
      command.addAll(List.of("--symlink", "usr/" + folder, "/" + folder));
    }
    command.addAll(List.of("--tmpfs", "/tmp", "--bind", scratch.toString(), "/scratch"));
    command.addAll(List.of("--bind", images.folder().toString(), "/.urubu/images"));
    command.addAll(List.of("--bind", control.toString(), "/.urubu/control"));
    command.addAll(List.of("--bind", generations.toString(), "/.urubu/generations"));
    command.addAll(List.of("--chdir", "/scratch", "--", "bash", "-c", job + AGENT));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin");
    builder.environment().put("DMTCP_GZIP", "0");
    builder.environment().put("DMTCP_QUIET", "1");
    builder.environment().put("DMTCP_TMPDIR", "/.urubu/control");
    builder.redirectError(ProcessBuilder.Redirect.appendTo(run.resolve("log").toFile()));
    sandbox = builder.start();
  }

  private static String options() {
    return " --new-coordinator --coord-port 0 --port-file /.urubu/control/port"
        + " --ckptdir /.urubu/images ";
  }

  private void start(int processes, int threads) throws Exception {
    Files.writeString(scratch.resolve("counters.py"), COUNTERS);
    launch(
        "(dmtcp_launch%s/usr/bin/python3 counters.py %d %d >out 2>&1; echo ended $? >end) &"
            .formatted(options(), processes, threads));
    awaitGrowth(processes * threads);
  }

  private void restart(int processes, int threads) throws Exception {
    Files.delete(control.resolve("port"));
    images.restoring("/.urubu/generations/1");
    launch(
        "(dmtcp_restart%s/.urubu/generations/1/ckpt_*.dmtcp; echo ended $? >end) &"
            .formatted(options()));
    awaitGrowth(processes * threads);
    images.disarm();
  }

  /** Every counter's number. */
  private List<Long> counters() {
    try (Stream<Path> files = Files.list(scratch)) {
      List<Long> numbers = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().contains("count-")).sorted().toList()) {
        byte[] bytes = Files.readAllBytes(file);
        numbers.add(
            bytes.length < 8 ? 0 : ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong());
      }
      return numbers;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitGrowth(int count) throws IOException {
    List<Long> before = counters();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
    while (true) {
      List<Long> now = counters();
      boolean hasGrown =
          now.size() == count
              && IntStream.range(0, count)
                  .allMatch(i -> now.get(i) > (before.size() == count ? before.get(i) : 0));
      if (hasGrown) {
        return;
      }
      assertThat(System.nanoTime() - deadline)
          .as(() -> "%s after %s; %s".formatted(now, before, log()))
          .isNegative();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private String log() {
    try {
      return Files.readString(run.resolve("log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** The status of {@code dmtcp_command}. */
  private int order(String command) throws IOException {
    Process there = requireNonNull(sandbox);
    there.getOutputStream().write((command + "\n").getBytes(UTF_8));
    there.getOutputStream().flush();
    StringBuilder line = new StringBuilder();
    for (int c = there.getInputStream().read();
        c != '\n' && c >= 0;
        c = there.getInputStream().read()) {
      line.append((char) c);
    }
    return Integer.parseInt(line.toString());
  }

  private Path arm(int number, Runnable atCut) throws IOException {
    Path generation = Files.createDirectory(generations.resolve(Integer.toString(number)));
    images.arm(generation, "/.urubu/generations/" + number, atCut);
    return generation;
  }

  private static void hold() {
    long end = System.nanoTime() + HOLD_NANOS;
    while (System.nanoTime() - end < 0) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "3,1", "2,3"})
  void everyThreadOfEveryProcessStandsStillAtTheCut(int processes, int threads) throws Exception {
    start(processes, threads);
    List<List<Long>> samples = new CopyOnWriteArrayList<>();
    Path generation =
        arm(
            1,
            () -> {
              samples.add(counters());
              hold();
              samples.add(counters());
            });

    int status = order("--bcheckpoint");

    assertThat(status).isZero();
    assertThat(images.disarm()).isTrue();
    assertThat(samples).hasSize(2);
    assertThat(samples.get(1)).isEqualTo(samples.get(0)).hasSize(processes * threads);
    assertThat(imagesIn(generation))
        .hasSize(processes)
        .allMatch(name -> name.startsWith("ckpt_") && name.endsWith(".dmtcp"));
    awaitGrowth(processes * threads);
  }

  @Test
  void aJobGoesOnFromItsImagesInAnotherSandbox() throws Exception {
    start(2, 2);
    List<List<Long>> atCut = new CopyOnWriteArrayList<>();
    arm(1, () -> atCut.add(counters()));
    assertThat(order("--bcheckpoint")).isZero();
    assertThat(images.disarm()).isTrue();
    kill();
    for (Path file : List.of(scratch.resolve("count-0-0"), scratch.resolve("count-1-1"))) {
      Files.write(file, new byte[8]);
    }

    restart(2, 2);

    List<Long> now = counters();
    for (int i = 0; i < now.size(); i++) {
      assertThat(now.get(i)).isGreaterThanOrEqualTo(atCut.getFirst().get(i));
    }
    Path second = arm(2, () -> {});
    assertThat(order("--bcheckpoint")).isZero();
    assertThat(imagesIn(second)).hasSize(2);
    assertThat(images.disarm()).isTrue();
  }

  @Test
  void aCheckpointThatTheJobOrdersItselfWritesNothingAndHarmsNobody() throws Exception {
    start(2, 1);

    int status = order("--bcheckpoint");

    assertThat(status).isZero();
    assertThat(generations.toFile().list()).isEmpty();
    awaitGrowth(2);
    Path generation = arm(1, () -> {});
    assertThat(order("--bcheckpoint")).isZero();
    assertThat(imagesIn(generation)).hasSize(2);
  }

  @Test
  void aCheckpointGivenUpAtTheCutLeavesTheJobRunning() throws Exception {
    start(1, 2);
    CountDownLatch reached = new CountDownLatch(1);
    Path generation =
        arm(
            1,
            () -> {
              reached.countDown();
              hold();
            });
    CompletableFuture<Integer> status =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return order("--bcheckpoint");
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();

    assertThat(images.disarm()).isFalse();

    Files.delete(generation);
    status.get(30, TimeUnit.SECONDS);
    awaitGrowth(2);
  }

  @Test
  void filesThatAreDeletedAndOpenComeBackWithTheJob() throws Exception {
    Files.writeString(
        scratch.resolve("counters.py"),
        """
        import os, threading, time
        unnamed = open("/scratch/unnamed", "w+b")
        unnamed.write(b"content")
        unnamed.flush()
        os.unlink("/scratch/unnamed")
        def show():
            while True:
                unnamed.seek(0)
                with open("/scratch/shown", "wb") as shown:
                    shown.write(unnamed.read())
                time.sleep(0.02)
        threading.Thread(target=show, daemon=True).start()
        """
            + COUNTERS);
    launch(
        "(dmtcp_launch%s/usr/bin/python3 counters.py 1 1 >out 2>&1; echo ended $? >end) &"
            .formatted(options()));
    awaitGrowth(1);
    Path generation = arm(1, () -> {});

    assertThat(order("--bcheckpoint")).isZero();

    awaitGrowth(1);
    assertThat(images.disarm()).isTrue();
    try (Stream<Path> files = Files.walk(generation)) {
      assertThat(files.filter(Files::isRegularFile).map(f -> f.getFileName().toString()))
          .anyMatch(name -> name.startsWith("unnamed"))
          .anyMatch(name -> name.endsWith(".dmtcp"));
    }
    kill();
    Files.deleteIfExists(scratch.resolve("shown"));
    restart(1, 1);
    awaitContent(scratch.resolve("shown"), "content");
  }

  private void awaitContent(Path file, String content) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!Files.exists(file) || !Files.readString(file).equals(content)) {
      assertThat(System.nanoTime() - deadline).as(this::log).isNegative();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private static List<String> imagesIn(Path generation) throws IOException {
    try (Stream<Path> files = Files.list(generation)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    }
  }
}
