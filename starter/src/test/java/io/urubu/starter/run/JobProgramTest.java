package io.urubu.starter.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.identity.Secret;
import io.urubu.protocol.id.JobId;
import io.urubu.protocol.id.RunRef;
import io.urubu.starter.sandbox.Program;
import io.urubu.starter.shadowlink.Endpoint;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class JobProgramTest {
  private static JobProgram job(String ad) throws ClassAdSyntaxException {
    return new JobProgram(
        new RunOrder(
            new RunRef("schedd@h", new JobId(41, 3), 2),
            ClassAd.parse(ad),
            new Endpoint("h:1", "00".repeat(32)),
            Secret.of(new byte[Secret.LENGTH]),
            1,
            "slot1@ws1@h",
            4,
            512),
        "alice");
  }

  @Test
  void wordsAreSplitAsCondorDoes() {
    assertThat(Words.split("  a 'b  c' d'e''f'g '' \t'h'"))
        .containsExactly("a", "b  c", "de'fg", "", "h");
    assertThat(Words.split("")).isEmpty();
  }

  @Test
  void aTransferredProgramGoesBeforeTheNameInTheAd() throws Exception {
    JobProgram job = job("[Cmd = \"/bin/true\"; Args = \" a  b\"]");

    assertThat(job.program(Set.of("condor_exec.exe")).words())
        .containsExactly("/scratch/condor_exec.exe", "a", "b");
    assertThat(job.program(Set.of()).words()).containsExactly("/bin/true", "a", "b");
  }

  @Test
  void theJobsVariablesAreSetAndTheRunsOwnCannotBeChanged() throws Exception {
    Program program =
        job("[Cmd = \"x\"; Environment = \"A=1 HOME=/h _CONDOR_SLOT=no\"]").program(Set.of());

    assertThat(program.environment())
        .containsEntry("A", "1")
        .containsEntry("HOME", "/h")
        .containsEntry("_CONDOR_SLOT", "slot1")
        .containsEntry("OMP_NUM_THREADS", "4")
        .containsEntry("TMPDIR", "/tmp");
    assertThat(program.hostname()).isEqualTo("ws1");
    assertThat(program.words()).containsExactly("/scratch/x");
  }

  @Test
  void streamsGoWhereTheAdWantsThem() throws Exception {
    assertThat(job("[Cmd = \"x\"]").streams()).isEmpty();
    assertThat(job("[Cmd = \"x\"; Out = \"o\"; Err = \"/dev/null\"]").streams())
        .containsExactly("_condor_stdout");
    JobProgram joined = job("[Cmd = \"x\"; Out = \"o\"; Err = \"o\"]");
    assertThat(joined.streams()).containsExactly("_condor_stdout");
    assertThat(joined.program(Set.of()).error()).isEqualTo("/scratch/_condor_stdout");
  }

  @Test
  void listedOutputsLoseWhatPathsDoNotNeed() throws Exception {
    assertThat(job("[Cmd = \"x\"; TransferOutput = \" ./a, b//c/ ,,\"]").outputs().orElseThrow())
        .containsExactly("a", "b/c");
    assertThat(job("[Cmd = \"x\"]").outputs()).isEmpty();
  }
}
