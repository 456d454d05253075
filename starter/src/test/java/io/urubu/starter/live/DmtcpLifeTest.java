package io.urubu.starter.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.urubu.classad.ClassAd;
import io.urubu.protocol.AdCodec;
import io.urubu.protocol.run.v1.RunRequest.MessageCase;
import io.urubu.protocol.run.v1.Vacated;
import io.urubu.starter.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that knows nothing of checkpoints, moved by a real starter with DMTCP. */
@Tag("module")
class DmtcpLifeTest {
  /** All its state is in memory. */
  private static final String COUNTER =
      """
      n=0; mkfifo pipe
      echo "begins as $$"
      echo made >early
      while [ ! -e /tmp/stop ]; do n=$((n + 1)); echo $n >count; read -rt 0.02 <>pipe; done
      echo "ends as $$ at $n"
      exit 7
      """;

  @TempDir private static Path home;
  private static LiveStarter starter;
  private FakeShadow shadow;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/local/bin/dmtcp_launch"))
            || Files.isExecutable(Path.of("/usr/bin/dmtcp_launch")),
        "SKIPPED: DMTCP is not installed");
    assumeTrue(
        Files.isWritable(Path.of("/dev/fuse"))
            && Files.isWritable(Path.of("/proc/1/oom_score_adj")),
        "SKIPPED: a mount of this kind needs root and /dev/fuse");
    starter = new LiveStarter(home).withImages().start();
  }

  @BeforeEach
  void next() throws Exception {
    starter.nextRun();
    shadow = starter.shadow();
  }

  @AfterAll
  static void close() throws Exception {
    if (starter != null) {
      starter.close();
    }
  }

  private long count() {
    try {
      return Long.parseLong(Files.readString(starter.scratch().resolve("count")).strip());
    } catch (IOException | NumberFormatException _) {
      return 0;
    }
  }

  private void counts() throws Exception {
    long before = count();
    Await.until(() -> count() > before + 3);
  }

  private void startCounter() throws Exception {
    shadow.program(COUNTER).input("same", "an input", 0644);
    starter.run(shadow, "PeriodicCheckpoint = 3600;");
    starter.awaitEvent("Executing");
    counts();
  }

  private Vacated vacated() throws Exception {
    Await.until(() -> !shadow.heard(MessageCase.VACATED).isEmpty());
    return shadow.heard(MessageCase.VACATED).getFirst().getVacated();
  }

  @Test
  void aJobThatIsSuspendedAndVacatedGoesOnElsewhereFromTheSameMoment() throws Exception {
    startCounter();
    starter.ask(starter.command("Suspend"));
    starter.awaitEvent("Suspended");
    long at = count();
    starter.end(true, "OwnerReturned");
    starter.awaitGone();
    assertThat(shadow.heard(MessageCase.CHECKPOINT_FAILED)).isEmpty();
    assertThat(vacated().getCheckpointed()).isTrue();
    assertThat(starter.processes()).isEmpty();
    List<String> events = starter.events.stream().map(ad -> ad.string("Event").orElse("")).toList();
    assertThat(events).containsSubsequence("Suspended", "Continued", "LeftMemory", "RunGone");

    FakeShadow second = starter.shadow();
    second.store.restoreFrom(shadow.store);
    starter.nextRun();
    shadow = second;
    startCounter();
    assertThat(count()).isGreaterThan(at);
    Files.writeString(starter.runFolder().resolve("tmp/stop"), "");
    starter.awaitGone();

    ClassAd exited =
        AdCodec.fromProto(shadow.heard(MessageCase.EXITED).getFirst().getExited().getAd());
    assertThat(exited.integer("ExitCode")).hasValue(7);
    assertThat(shadow.outputs.get("_condor_stdout"))
        .matches("begins as ([0-9]+)\nends as \\1 at [0-9]+\n");
    assertThat(shadow.outputs).containsKeys("early", "count").doesNotContainKey("same");
  }

  @Test
  void aCheckpointByOrderDoesNotDisturbTheJob() throws Exception {
    startCounter();

    starter.ask(starter.command("Checkpoint"));
    starter.awaitEvent("Checkpointed");
    counts();
    starter.ask(starter.command("Checkpoint"));
    Await.until(() -> shadow.store.generation() == 2);
    counts();
    Files.writeString(starter.runFolder().resolve("tmp/stop"), "");
    starter.awaitGone();

    assertThat(shadow.outputs.get("_condor_stdout"))
        .matches("begins as ([0-9]+)\nends as \\1 at [0-9]+\n");
  }

  @Test
  void aHeldRestoreWaitsAndIsNoFailure() throws Exception {
    startCounter();
    starter.end(true, "OwnerReturned");
    starter.awaitGone();
    FakeShadow second = starter.shadow();
    second.store.restoreFrom(shadow.store);
    starter.nextRun();
    shadow = second;

    shadow.program(COUNTER).input("same", "an input", 0644);
    starter.run(shadow, "");
    starter.ask(starter.command("Suspend"));
    long from = System.nanoTime();
    // Longer than a restart may take.
    Await.until(() -> System.nanoTime() - from > 6_000_000_000L);
    assertThat(starter.event("Executing")).isEmpty();
    starter.ask(starter.command("Continue"));

    starter.awaitEvent("Executing");
    assertThat(shadow.heard(MessageCase.FAILED)).isEmpty();
    Files.writeString(starter.runFolder().resolve("tmp/stop"), "");
    starter.awaitGone();
    assertThat(shadow.outputs.get("_condor_stdout")).contains("ends as");
  }
}
