package io.urubu.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.ClassAd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
final class CheckpointsTest {
  @TempDir Path folder;

  @BeforeEach
  void makeProgram() throws Exception {
    Files.writeString(folder.resolve("run.sh"), "#!/bin/sh\n");
  }

  private Submission plan(String... lines) throws SubmitException {
    List<String> all = new ArrayList<>(List.of("executable = run.sh"));
    all.addAll(List.of(lines));
    all.add("queue");
    return SubmitDescription.parse("job.sub", String.join("\n", all))
        .plan(new SubmitContext(folder, Map.of(), "example.org", Duration.ofMinutes(40), 10));
  }

  private ClassAd ad(String... lines) throws Exception {
    Submission submission = plan(lines);
    assertThat(submission.warnings()).isEmpty();
    ClassAd request = ClassAd.parse(submission.requests().getFirst().toAd("the-id").toString());
    return request.ad("ClusterAd").orElseThrow();
  }

  private List<String> problemsOf(String... lines) {
    try {
      plan(lines);
      return List.of();
    } catch (SubmitException e) {
      return e.problems();
    }
  }

  @Test
  void aProgramThatSavesItselfIsDescribedAsInHtcondor() throws Exception {
    ClassAd ad =
        ad(
            "checkpoint_exit_code = 85",
            "transfer_checkpoint_files = state , log/old",
            "want_checkpoint_signal = true",
            "checkpoint_signal = sigusr2",
            "periodic_checkpoint = 15 min",
            "checkpoint_backend = Self",
            "kill_sig = 2");

    assertThat(ad.integer("CheckpointExitCode")).hasValue(85);
    assertThat(ad.string("TransferCheckpoint")).contains("state,log/old");
    assertThat(ad.bool("WantCheckpointSignal")).contains(true);
    assertThat(ad.integer("CheckpointSig")).hasValue(12);
    assertThat(ad.integer("PeriodicCheckpoint")).hasValue(900);
    assertThat(ad.string("WantCheckpointBackend")).contains("self");
    assertThat(ad.string("KillSig")).contains("SIGINT");
    assertThat(ad.expression("Requirements").orElseThrow()).doesNotContain("CheckpointBackends");
  }

  @Test
  void aJobForDmtcpGoesOnlyToMachinesThatHaveIt() throws Exception {
    ClassAd ad = ad("checkpoint_backend = dmtcp", "requirements = Memory > 5");

    assertThat(ad.string("WantCheckpointBackend")).contains("dmtcp");
    assertThat(ad.expression("Requirements").orElseThrow())
        .startsWith("(Memory > 5)")
        .contains("stringListMember(\"dmtcp\", TARGET.CheckpointBackends)");
  }

  @Test
  void whatIsNotAskedForIsNotInTheAd() throws Exception {
    assertThat(ad("priority = 1").names())
        .doesNotContain(
            "WantCheckpointBackend",
            "CheckpointExitCode",
            "TransferCheckpoint",
            "WantCheckpointSignal",
            "CheckpointSig",
            "KillSig",
            "PeriodicCheckpoint");
    assertThat(ad("want_checkpoint_signal = true").integer("CheckpointSig")).hasValue(15);
  }

  @ParameterizedTest
  @CsvSource({"90,90", "2*60,120", "1.5 h,5400", "1d,86400", "30 seconds,30"})
  void aPeriodIsSecondsOrHasAUnit(String text, long seconds) throws Exception {
    assertThat(ad("periodic_checkpoint = " + text).integer("PeriodicCheckpoint")).hasValue(seconds);
  }

  @Test
  void everyRefusalNamesLineKeyAndMend() {
    assertThat(
            problemsOf(
                "checkpoint_exit_code = 0",
                "checkpoint_signal = SIGNONE",
                "checkpoint_backend = criu",
                "transfer_checkpoint_files = ../x",
                "periodic_checkpoint = often",
                "kill_sig = 65"))
        .containsExactly(
            "job.sub:2: checkpoint_exit_code = 0: an exit code from 1 to 255 is allowed, one by"
                + " which the program never ends for good",
            "job.sub:3: checkpoint_signal = SIGNONE: a signal's name such as SIGUSR2 or its number"
                + " from 1 to 64 is allowed",
            "job.sub:4: checkpoint_backend = criu: one of auto, dmtcp, self, none is allowed",
            "job.sub:5: transfer_checkpoint_files = ../x: ../x is not in the job's scratch folder;"
                + " name files by their place in it",
            "job.sub:6: periodic_checkpoint = often: how often the job is saved is allowed: seconds"
                + " from 1 on, or such as 15 min or 2 h",
            "job.sub:7: kill_sig = 65: a signal's name such as SIGUSR2 or its number from 1 to 64"
                + " is allowed");
  }

  @Test
  void linesThatContradictEachOtherAreRefused() {
    assertThat(problemsOf("checkpoint_backend = self").getFirst())
        .startsWith("job.sub:2: checkpoint_backend = self: nothing says how")
        .contains("write checkpoint_exit_code = N");
    assertThat(problemsOf("checkpoint_backend = dmtcp", "checkpoint_exit_code = 85").getFirst())
        .startsWith("job.sub:2: checkpoint_backend = dmtcp: other lines say")
        .contains("write checkpoint_backend = self");
    assertThat(problemsOf("want_checkpoint_signal = false", "checkpoint_signal = 10").getFirst())
        .startsWith("job.sub:2: want_checkpoint_signal = false: checkpoint_signal names")
        .contains("take out one of the two");
  }
}
