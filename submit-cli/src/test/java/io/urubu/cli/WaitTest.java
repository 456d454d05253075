package io.urubu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("module")
final class WaitTest {
  private static final String SUBMITTED = "Job submitted from host: <127.0.0.1:9618>";
  private static final String EXECUTING = "Job executing on host: <ws1:0>";

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path log = Path.of("");

  @BeforeEach
  void makeLog() throws IOException {
    log = Files.createFile(folder.resolve("jobs.log"));
  }

  private int run(String... options) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of("wait"));
    all.addAll(List.of(options));
    return Main.run(
        new PrintWriter(out), new PrintWriter(err), Map.of(), all.toArray(String[]::new));
  }

  private static String entry(int kind, String job, String title) {
    return "%03d (%s.000) 2026-11-20 18:32:28 %s\n\tmore of it\n...\n".formatted(kind, job, title);
  }

  private void add(String... entries) throws IOException {
    for (String each : entries) {
      Files.writeString(log, each, StandardOpenOption.APPEND);
    }
  }

  private CompletableFuture<Integer> inBackground(String... options) {
    return CompletableFuture.supplyAsync(() -> run(options));
  }

  private static void pause() {
    LockSupport.parkNanos(Duration.ofMillis(400).toNanos());
  }

  @Test
  void aLogWhoseJobsHaveAllEndedIsDoneAtOnce() throws Exception {
    add(
        entry(0, "001.000", SUBMITTED),
        entry(0, "001.001", SUBMITTED),
        entry(1, "001.000", EXECUTING),
        entry(5, "001.000", "Job terminated."),
        entry(9, "001.001", "Job was aborted."));

    assertThat(run("-status", log.toString())).isZero();
    assertThat(out)
        .hasToString(
            """
            1.0.0 submitted
            1.1.0 submitted
            1.0.0 executing on host <ws1:0>
            1.0.0 completed
            1.1.0 aborted
            All jobs done.
            """);
  }

  @Test
  void theTimeThatItWaitsHasAnEnd() throws Exception {
    add(entry(0, "001.000", SUBMITTED), entry(5, "001.000", "Job terminated."));
    add(entry(0, "002.000", SUBMITTED));

    assertThat(run("-wait", "1", log.toString())).isEqualTo(1);
    assertThat(out).hasToString("Time expired.\n");
    assertThat(run("--wait", "0", log.toString(), "2.0")).isEqualTo(1);
    assertThat(run(log.toString(), "1")).isZero();
    assertThat(run("-num", "1", log.toString())).isZero();
    assertThat(out).hasToString("Specifed number of jobs (1) done.\n");
  }

  @Test
  void whatIsWrittenWhileItWaitsIsSeenAndEchoedWhenItIsComplete() throws Exception {
    add(entry(0, "003.000", SUBMITTED));
    String end = entry(5, "003.000", "Job terminated.");

    CompletableFuture<Integer> waiting = inBackground("-echo", log.toString(), "3.0");
    pause();
    add(end.substring(0, 40));
    pause();
    assertThat(waiting).isNotDone();
    add(end.substring(40));

    assertThat(waiting.get(20, TimeUnit.SECONDS)).isZero();
    assertThat(out).hasToString(entry(0, "003.000", SUBMITTED) + end + "All jobs done.\n");
  }

  @Test
  void aLogThatIsCutOrReplacedIsReadFromItsBeginning() throws Exception {
    add(entry(0, "004.000", SUBMITTED), entry(1, "004.000", EXECUTING));

    CompletableFuture<Integer> waiting = inBackground("-status", log.toString());
    pause();
    Files.writeString(log, entry(0, "005.000", SUBMITTED));
    pause();
    Path next = folder.resolve("next");
    Files.writeString(next, entry(5, "004.000", "Job terminated."));
    Files.move(next, log, StandardCopyOption.REPLACE_EXISTING);
    pause();
    assertThat(waiting).isNotDone();
    add(entry(5, "005.000", "Job terminated."));

    assertThat(waiting.get(20, TimeUnit.SECONDS)).isZero();
    assertThat(out.toString())
        .endsWith("5.0.0 submitted\n4.0.0 completed\n5.0.0 completed\nAll jobs done.\n");
  }

  @Test
  void aLogWithoutItsJobsIsGivenAMomentAndThenRefused() throws Exception {
    CompletableFuture<Integer> waiting = inBackground(log.toString());
    pause();
    add(entry(0, "006.000", SUBMITTED), entry(5, "006.000", "Job terminated."));
    assertThat(waiting.get(20, TimeUnit.SECONDS)).isZero();

    assertThat(run(log.toString(), "7")).isEqualTo(1);
    assertThat(err).hasToString("This log does not mention that job!\n");
  }

  @Test
  void wrongUseIsNamed() {
    assertThat(run(folder.resolve("no.log").toString())).isEqualTo(1);
    assertThat(err).hasToString("Couldn't open " + folder + "/no.log: No such file or directory\n");
    assertThat(run(log.toString(), "x")).isEqualTo(2);
    assertThat(err.toString()).contains("Couldn't understand job number: x");
    assertThat(run("-num", "0", log.toString())).isEqualTo(2);
    assertThat(run()).isEqualTo(2);
  }
}
