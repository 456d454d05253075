package io.urubu.starter.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.ClassAd;
import io.urubu.protocol.AdCodec;
import io.urubu.protocol.run.v1.CheckpointTaken;
import io.urubu.protocol.run.v1.Failed;
import io.urubu.protocol.run.v1.RunRequest;
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
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that save themselves, in a real starter: checkpoints, vacating and coming back. */
@Tag("module")
class CheckpointLifeTest {
  private static final String SELF =
      "WantCheckpointBackend = \"self\"; CheckpointExitCode = 85; WantCheckpointSignal = true;"
          + " CheckpointSig = 10; ";

  /** Counts in a file, saves itself when told to, ends when it may. */
  private static final String COUNTER =
      """
      trap 'exit 85' USR1
      trap '' TERM
      n=$(cat count 2>/dev/null || echo 0)
      echo "from $n"
      echo made >early$n
      while [ ! -e /tmp/stop ]; do n=$((n + 1)); echo $n >count.new; mv count.new count; sleep 0.02; done
      exit 7
      """;

  @TempDir private static Path home;
  private static LiveStarter starter;
  private FakeShadow shadow;

  @BeforeAll
  static void start() throws Exception {
    starter = new LiveStarter(home).start();
  }

  @BeforeEach
  void next() throws Exception {
    starter.nextRun();
    shadow = starter.shadow();
  }

  @AfterAll
  static void close() throws Exception {
    starter.close();
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
    starter.run(shadow, SELF);
    counts();
  }

  private void stopCounter() throws Exception {
    Files.writeString(starter.runFolder().resolve("tmp/stop"), "");
    starter.awaitGone();
  }

  private List<CheckpointTaken> taken() {
    return shadow.heard(MessageCase.CHECKPOINT_TAKEN).stream()
        .map(RunRequest::getCheckpointTaken)
        .toList();
  }

  private Vacated vacated() throws Exception {
    Await.until(() -> !shadow.heard(MessageCase.VACATED).isEmpty());
    return shadow.heard(MessageCase.VACATED).getFirst().getVacated();
  }

  private Failed failed() {
    return shadow.heard(MessageCase.FAILED).getFirst().getFailed();
  }

  @Test
  void aCheckpointByOrderIsCommittedWhileTheJobGoesOn() throws Exception {
    startCounter();

    starter.ask(starter.command("Checkpoint"));
    starter.awaitEvent("Checkpointed");
    counts();
    Await.until(() -> !Files.exists(starter.runFolder().resolve("generations/1")));
    stopCounter();

    ClassAd event = starter.event("Checkpointed").orElseThrow();
    assertThat(event.integer("Generation")).hasValue(1);
    assertThat(event.integer("Bytes").orElse(0)).isPositive();
    assertThat(taken()).hasSize(1);
    CheckpointTaken taken = taken().getFirst();
    assertThat(taken.getNumber()).isEqualTo(1);
    assertThat(taken.getBackend()).isEqualTo("self");
    assertThat(taken.getLeaving()).isFalse();
    assertThat(AdCodec.fromProto(taken.getAd()).real("RemoteUserCpu")).isPresent();
    assertThat(shadow.outputs.get("_condor_stdout")).matches("from 0\nfrom [1-9][0-9]*\n");
    ClassAd exited =
        AdCodec.fromProto(shadow.heard(MessageCase.EXITED).getFirst().getExited().getAd());
    assertThat(exited.integer("ExitCode")).hasValue(7);
  }

  @Test
  void aPeriodicCheckpointComesByItselfAgainAndAgain() throws Exception {
    shadow.program(COUNTER);
    starter.run(shadow, SELF + "PeriodicCheckpoint = 1;");

    Await.until(() -> shadow.store.generation() >= 2);
    stopCounter();

    assertThat(taken()).extracting(CheckpointTaken::getNumber).startsWith(1, 2);
  }

  @Test
  void aVacatedJobLeavesMemoryFirstAndGoesOnElsewhereWithAllThatItMade() throws Exception {
    startCounter();
    starter.end(true, "OwnerReturned");
    starter.awaitGone();

    assertThat(vacated().getCheckpointed()).isTrue();
    assertThat(vacated().getCode()).isEqualTo("OwnerReturned");
    assertThat(taken().getLast().getLeaving()).isTrue();
    List<String> events = starter.events.stream().map(ad -> ad.string("Event").orElse("")).toList();
    assertThat(events).containsSubsequence("Executing", "LeftMemory", "Checkpointed", "RunGone");

    FakeShadow second = starter.shadow();
    second.store.restoreFrom(shadow.store);
    second.breakAfter = 1000;
    starter.nextRun();
    shadow = second;
    startCounter();
    stopCounter();

    assertThat(shadow.outputs.get("_condor_stdout")).matches("from 0\nfrom [1-9][0-9]*\n");
    // Of both runs what is new or changed, and no input that the job never touched.
    assertThat(shadow.outputs).containsKeys("count", "early0").doesNotContainKeys("same");
    assertThat(starter.runFolder().resolve("generations")).doesNotExist();
  }

  @Test
  void aSuspendedJobIsSavedAllTheSameWhenItHasToGo() throws Exception {
    startCounter();
    starter.ask(starter.command("Suspend"));
    starter.awaitEvent("Suspended");

    starter.end(true, "OwnerReturned");
    starter.awaitGone();

    assertThat(shadow.heard(MessageCase.CHECKPOINT_FAILED)).isEmpty();
    assertThat(vacated().getCheckpointed()).isTrue();
  }

  @Test
  void whoseCheckpointIsNotAnsweredInTimeLeavesWithoutIt() throws Exception {
    shadow.commits = false;
    startCounter();
    starter.end(true, "OwnerReturned");
    starter.awaitEvent("LeftMemory");
    Await.until(() -> !taken().isEmpty());
    assertThat(starter.processes()).isEmpty();

    starter.end(false, "OwnerReturned");
    starter.awaitGone();

    assertThat(vacated().getCheckpointed()).isFalse();
  }

  @Test
  void anotherShadowIsGivenTheCheckpointAgain() throws Exception {
    shadow.commits = false;
    startCounter();
    starter.end(true, "UserCommand");
    Await.until(() -> !taken().isEmpty());

    shadow.store.forget();
    shadow.commits = true;
    shadow.drop();
    starter.awaitGone();

    assertThat(vacated().getCheckpointed()).isTrue();
    assertThat(taken()).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void aDamagedCheckpointIsNamedAndNothingStarts() throws Exception {
    startCounter();
    starter.end(true, "UserCommand");
    starter.awaitGone();
    FakeShadow second = starter.shadow();
    second.store.restoreFrom(shadow.store);
    second.store.damage();
    starter.nextRun();
    shadow = second;

    shadow.program(COUNTER);
    starter.run(shadow, SELF);
    starter.awaitGone();

    assertThat(failed().getFailedGeneration()).isEqualTo(1);
    assertThat(failed().getDamaged()).isTrue();
    assertThat(failed().getUserFault()).isFalse();
    assertThat(failed().getReason()).contains("scratch.tar");
    assertThat(starter.event("Executing")).isEmpty();
  }

  @Test
  void aCheckpointOfAnotherPlatformFailsWithoutBeingCalledDamaged() throws Exception {
    startCounter();
    starter.end(true, "UserCommand");
    starter.awaitGone();
    FakeShadow second = starter.shadow();
    second.store.restoreFrom(shadow.store);
    second.store.platform("vax");
    starter.nextRun();
    shadow = second;

    shadow.program(COUNTER);
    starter.run(shadow, SELF);
    starter.awaitGone();

    assertThat(failed().getFailedGeneration()).isEqualTo(1);
    assertThat(failed().getDamaged()).isFalse();
    assertThat(failed().getReason()).contains("vax");
  }

  @RepeatedTest(5) // the end and the failure to save race for being told first
  void aJobThatEndsByItselfWhileItIsToBeSavedHasSimplyEnded() throws Exception {
    shadow.program("trap 'echo last; exit 3' USR1; echo up; while :; do sleep 0.02; done\n");
    starter.run(shadow, SELF);
    Await.until(() -> starter.scratch().resolve("_condor_stdout").toFile().length() > 0);
    Await.until(() -> !shadow.heard(MessageCase.EXECUTING).isEmpty());

    starter.end(true, "OwnerReturned");
    starter.awaitGone();

    ClassAd exited =
        AdCodec.fromProto(shadow.heard(MessageCase.EXITED).getFirst().getExited().getAd());
    assertThat(exited.integer("ExitCode")).hasValue(3);
    assertThat(shadow.outputs).containsEntry("_condor_stdout", "up\nlast\n");
    assertThat(shadow.heard(MessageCase.VACATED)).isEmpty();
  }

  @Test
  void whoCannotBeSavedInTimeIsKilledAndSaysSo() throws Exception {
    shadow.program("trap '' USR1 TERM; echo up; while :; do sleep 0.02; done\n");
    starter.run(shadow, SELF);
    Await.until(() -> starter.scratch().resolve("_condor_stdout").toFile().length() > 0);

    starter.end(true, "OwnerReturned");
    starter.awaitGone();

    assertThat(vacated().getCheckpointed()).isFalse();
    assertThat(shadow.heard(MessageCase.CHECKPOINT_FAILED)).isNotEmpty();
  }

  @Test
  void aBackendThatIsNotHereIsThisMachinesFault() throws Exception {
    shadow.program("exit 0\n");

    starter.run(shadow, "WantCheckpointBackend = \"dmtcp\";");
    starter.awaitGone();

    assertThat(failed().getUserFault()).isFalse();
    assertThat(failed().getFailedGeneration()).isZero();
    assertThat(failed().getReason()).contains("checkpoint_backend = dmtcp");
  }
}
