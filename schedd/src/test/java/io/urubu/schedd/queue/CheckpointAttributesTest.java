package io.urubu.schedd.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.classad.Match;
import io.urubu.identity.Secret;
import io.urubu.protocol.id.JobId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class CheckpointAttributesTest {
  private static final Instant NOW = Instant.parse("2026-11-20T20:00:00Z");
  private static final Generation FIRST = generation(1, "x86 \"old\"");
  private static final Generation SECOND = generation(2, "x86");

  private static Generation generation(int number, String platform) {
    return new Generation(
        number, 1, "dmtcp", platform, 5000, NOW.plusSeconds(number), "%064x".formatted(number));
  }

  private static ClassAd machine(String startd, String platform) {
    return ClassAd.builder()
        .put("Name", "slot1@" + startd)
        .put("StartdName", startd)
        .put("CheckpointPlatform", platform)
        .put("Memory", 1000)
        .put("Requirements", true)
        .build();
  }

  private static Job job(JobState state, Checkpoints checkpoints) throws ClassAdSyntaxException {
    return job(state, checkpoints, ClassAd.empty());
  }

  private static Job job(JobState state, Checkpoints checkpoints, ClassAd changes)
      throws ClassAdSyntaxException {
    JobLife life = new JobLife(state, 1, 0, checkpoints);
    Cluster cluster =
        new Cluster(
            "schedd@host",
            1,
            "alice",
            "alice@x",
            1,
            ClassAd.parse("Requirements = TARGET.Memory >= 100 || false"),
            ClassAd.empty(),
            NOW);
    Optional<RunInfo> run =
        life.currentRun() > 0
            ? Optional.of(
                new RunInfo(Secret.of(new byte[32]), "00".repeat(32), "slot1@ws1@host", true))
            : Optional.empty();
    return new Job(new JobId(1, 0), cluster, life, run, changes, NOW, NOW);
  }

  /** The job after the event, as the queue makes it. */
  private static Job after(Job job, JobEvent event) {
    Step step = JobDecider.decide(job.life(), event);
    ClassAd changes = CheckpointAttributes.stepped(job, job.changes(), step, NOW);
    boolean runs = step.next().currentRun() > 0;
    return new Job(
        job.id(),
        job.cluster(),
        step.next(),
        runs ? job.run() : Optional.empty(),
        changes,
        NOW,
        NOW);
  }

  private static Job saved(Generation... generations) throws ClassAdSyntaxException {
    Job job = job(new JobState.Running(1), Checkpoints.NONE);
    for (Generation generation : generations) {
      job = after(job, new JobEvent.Prepared(1, generation));
    }
    return job;
  }

  private static boolean fits(Job job, String startd, String platform) {
    return Match.matches(job.ad(), machine(startd, platform));
  }

  @Test
  void theRecordIsReadBackAsItWasWritten() throws Exception {
    Job job = saved(FIRST, SECOND);

    ClassAd stored = ClassAd.parse(job.changes().toString());

    assertThat(CheckpointAttributes.read(stored)).isEqualTo(job.life().checkpoints());
    assertThat(job.life().checkpoints().kept()).containsExactly(SECOND, FIRST);
    assertThat(stored.integer("NumCheckpoints")).hasValue(2);
    assertThat(stored.integer("NumCkpts")).hasValue(2);
    assertThat(stored.integer("CheckpointSize")).hasValue(5);
    assertThat(stored.integer("LastCheckpointTime")).hasValue(SECOND.cutAt().getEpochSecond());
    assertThat(stored.string("CheckpointBackend")).hasValue("dmtcp");
  }

  @Test
  void aGenerationThatFailedOnceIsReadBackSo() throws Exception {
    Job idle = after(saved(FIRST), failed(1, false));

    assertThat(CheckpointAttributes.read(ClassAd.parse(idle.changes().toString())))
        .isEqualTo(new Checkpoints(List.of(FIRST.failedOnce())));
  }

  @Test
  void whatIsNoRecordIsPassedOver() throws Exception {
    for (String text :
        List.of(
            "Checkpoints = 7",
            "Checkpoints = {}",
            "Checkpoints = {1, \"x\", [Generation = 0]}",
            "Checkpoints = {[Generation = 99999999999; Run = 1; Bytes = 1]}",
            "Checkpoints = Checkpoints")) {
      assertThat(CheckpointAttributes.read(ClassAd.parse(text))).isEqualTo(Checkpoints.NONE);
    }
  }

  @Test
  void aCheckpointNeedsAMachineOfItsPlatform() throws Exception {
    Job job = saved(SECOND);

    assertThat(fits(job, "ws2@host", "x86")).isTrue();
    assertThat(fits(job, "ws2@host", "arm")).isFalse();
    assertThat(job.cluster().ad().expression("Requirements"))
        .hasValue("TARGET.Memory >= 100 || false");
  }

  @Test
  void oneThatRestartsAnywhereNeedsNothing() throws Exception {
    Job job = saved(SECOND, generation(3, ""));

    assertThat(job.changes().has("Requirements")).isFalse();
    assertThat(fits(job, "ws2@host", "arm")).isTrue();
  }

  private static JobEvent failed(int generation, boolean damaged) {
    return new JobEvent.RunEnded(1, new RunOutcome.RestartFailed(generation, damaged, "why"));
  }

  @Test
  void whereARestartFailedTheJobDoesNotGoForAWhile() throws Exception {
    Job idle = after(saved(FIRST, SECOND), failed(2, false));
    assertThat(fits(idle, "ws1@host", "x86")).isFalse();
    assertThat(fits(idle, "ws2@host", "x86")).isTrue();
    assertThat(idle.avoidsUntil()).hasValue(NOW.plusSeconds(30));

    Job later = idle.withChanges(CheckpointAttributes.withoutAvoidance(idle));

    assertThat(fits(later, "ws1@host", "x86")).isTrue();
    assertThat(fits(later, "ws1@host", "arm")).isFalse();
    assertThat(later.avoidsUntil()).isEmpty();
    assertThat(later.changes().integer("NumRestartFailures")).hasValue(1);
  }

  @Test
  void aDamagedGenerationGivesWayToTheOneBefore() throws Exception {
    Job idle = after(saved(FIRST, SECOND), failed(2, true));

    assertThat(CheckpointAttributes.read(idle.changes()).kept()).containsExactly(FIRST);
    assertThat(idle.changes().string("LastCheckpointPlatform")).hasValue("x86 \"old\"");
    assertThat(fits(idle, "ws1@host", "x86 \"old\"")).isTrue();
    assertThat(fits(idle, "ws1@host", "x86")).isFalse();
    assertThat(idle.changes().integer("NumCheckpointFallbacks")).hasValue(1);
  }

  @Test
  void withNoneLeftTheJobStartsOverAnywhere() throws Exception {
    Job idle = after(saved(SECOND), failed(2, true));

    assertThat(idle.changes().names())
        .contains("NumStartOvers", "NumCheckpoints")
        .doesNotContain(
            "Checkpoints", "LastCheckpointTime", "LastCheckpointPlatform", "Requirements");
    assertThat(fits(idle, "ws1@host", "arm")).isTrue();
  }

  @Test
  void aJobThatEndedKeepsWhatPeopleAskFor() throws Exception {
    Job done = after(saved(SECOND), new JobEvent.RunEnded(1, new RunOutcome.Exited()));

    assertThat(done.changes().names())
        .contains("NumCheckpoints", "LastCheckpointTime")
        .doesNotContain("Checkpoints", "Requirements");
  }
}
