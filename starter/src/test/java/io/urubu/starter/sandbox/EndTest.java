package io.urubu.starter.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.starter.Await;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("module")
class EndTest {
  /** Forks, leaves its session, forks again: each writes a line now and then. */
  private static final String FAMILY =
      "write() { while :; do echo x >>$1; sleep 0.02; done; };"
          + " write a & setsid sh -c 'while :; do echo x >>b; sleep 0.02; done' &"
          + " (write c & write d & exit 0) & wait";

  @TempDir Path folder;
  private Box box;

  @BeforeEach
  void open() throws IOException {
    box = new Box(folder);
  }

  @AfterEach
  void close() {
    box.close();
  }

  @Test
  void freezingStopsEveryProcessAndThawingLetsAllGoOn() throws Exception {
    SandboxProcess process = box.start(Map.of(), "/bin/sh", "-c", FAMILY);
    Await.until(() -> sizes().stream().allMatch(size -> size > 0));

    process.freeze();
    List<Long> frozen = sizes();
    long busy = System.nanoTime();
    Await.until(() -> System.nanoTime() - busy > 300_000_000L);
    assertThat(sizes()).isEqualTo(frozen);

    process.thaw();
    Await.until(() -> grewAll(frozen));
    process.kill();
    assertThat(process.await(() -> {})).isInstanceOf(ProgramEnd.Broken.class);
    assertThat(processesOf(folder)).isEmpty();
  }

  @Test
  void hundredsOfProcessesStandStillAtOnce() throws Exception {
    SandboxProcess process =
        box.start(
            Map.of(),
            "/bin/sh",
            "-c",
            "for i in $(seq 290); do sleep 1000 & done;"
                + " for i in 1 2 3; do (while :; do (:) & wait; done) & done; echo up; wait");
    Await.until(() -> box.places.scratch().resolve("out").toFile().length() > 0);

    process.freeze();
    process.thaw();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long cpu = threads.getCurrentThreadCpuTime();
    long began = System.nanoTime();
    int stopped = process.freeze();
    long millis = (System.nanoTime() - began) / 1_000_000;

    long cpuMillis = (threads.getCurrentThreadCpuTime() - cpu) / 1_000_000;

    System.out.printf(
        "%d processes stood still after %d ms, of which %d ms of our CPU time%n",
        stopped, millis, cpuMillis);
    assertThat(stopped).isGreaterThan(290);
    // What else the machine does decides about the rest.
    assertThat(cpuMillis).as("CPU time that it takes").isLessThan(500);
    process.kill();
    process.await(() -> {});
  }

  private List<Long> sizes() {
    return List.of("a", "b", "c", "d").stream()
        .map(name -> box.places.scratch().resolve(name).toFile().length())
        .toList();
  }

  private boolean grewAll(List<Long> before) {
    List<Long> now = sizes();
    return java.util.stream.IntStream.range(0, now.size())
        .allMatch(i -> now.get(i) > before.get(i));
  }

  @RepeatedTest(20) // the program may go on before its stop was noticed
  void aPoliteEndLetsTheProgramSayGoodbye() throws Exception {
    SandboxProcess process =
        box.start(
            Map.of(),
            "/bin/sh",
            "-c",
            "trap 'echo bye; exit 7' TERM; echo up; while :; do sleep 0.05; done");
    Await.until(() -> box.places.scratch().resolve("out").toFile().length() > 0);

    process.freeze();
    process.terminate();

    assertThat(process.await(() -> {})).isEqualTo(new ProgramEnd.Exited(7));
    assertThat(Files.readString(box.places.scratch().resolve("out")))
        .startsWith("up\n")
        .endsWith("bye\n");
  }

  @Test
  void aProgramThatWasStoppedIsFoundWhenItIsTold() throws Exception {
    SandboxProcess process =
        box.start(
            Map.of(),
            "/bin/sh",
            "-c",
            "trap 'exit 85' USR1; echo up; while :; do sleep 0.05; done");
    Await.until(() -> box.places.scratch().resolve("out").toFile().length() > 0);

    // Only the program, so that the reporter sees it stopped and waits a second before it looks
    // again.
    for (ProcessHandle each : descendants()) {
      if (each.info().arguments().map(List::of).orElse(List.of()).toString().contains("trap")
          && each.info().command().orElse("").endsWith("dash")) {
        new ProcessBuilder("kill", "-STOP", Long.toString(each.pid())).start().waitFor();
      }
    }
    Await.until(() -> descendants().stream().anyMatch(EndTest::isReportersSleep));
    process.thaw();

    assertThat(process.signalProgram(10)).isTrue();
    assertThat(process.await(() -> {})).isEqualTo(new ProgramEnd.Exited(85));
  }

  private static List<ProcessHandle> descendants() {
    return ProcessHandle.current().descendants().toList();
  }

  private static boolean isReportersSleep(ProcessHandle process) {
    return process.info().commandLine().orElse("").endsWith("sleep 1");
  }

  @Test
  void whatAProgramLeavesBehindEndsWithIt() throws Exception {
    assertThat(box.run("/bin/sh", "-c", "setsid sleep 1000 & (sleep 1000 &) ; exit 0"))
        .isEqualTo(new ProgramEnd.Exited(0));

    assertThat(processesOf(folder)).isEmpty();
  }

  @Test
  void usageCountsProcessesAndTheTimeOfDeadChildren() throws Exception {
    SandboxProcess process =
        box.start(
            Map.of(),
            "/bin/sh",
            "-c",
            "sh -c 'i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done'; echo up; sleep 1000");
    Await.until(() -> box.places.scratch().resolve("out").toFile().length() > 0);

    Usage usage = process.usage();

    assertThat(usage.user().toMillis()).isPositive();
    assertThat(usage.processes()).isEqualTo(2);
    assertThat(usage.residentBytes()).isPositive();
    process.kill();
    process.await(() -> {});
  }

  /** Command lines of processes that have a file of that folder open as working directory. */
  private static List<String> processesOf(Path folder) {
    return ProcessHandle.allProcesses()
        .filter(handle -> handle.info().commandLine().orElse("").contains(folder.toString()))
        .filter(ProcessHandle::isAlive)
        .map(handle -> handle.info().commandLine().orElse(""))
        .toList();
  }
}
