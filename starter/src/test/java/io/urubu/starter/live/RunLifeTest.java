package io.urubu.starter.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.ClassAd;
import io.urubu.command.Frame;
import io.urubu.protocol.AdCodec;
import io.urubu.protocol.run.v1.Failed;
import io.urubu.protocol.run.v1.OutputFile;
import io.urubu.protocol.run.v1.RunRequest.MessageCase;
import io.urubu.starter.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("module")
class RunLifeTest {
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

  @Test
  void aRunGoesFromInputsToOutputsAndLeavesNothing() throws Exception {
    shadow
        .program(
            "cat; cat data/ä; echo \"$1|$2|$X|$_URUBU_RUN|$_CONDOR_SLOT|$USER\"; echo oops >&2;"
                + " echo new >new; echo changed >>changed; mkdir d; exit 3\n")
        .input("_condor_stdin", "in ", 0644)
        .input("data/ä", "x".repeat(3_000_000) + "\n", 0644)
        .input("changed", "old ", 0644)
        .input("same", "same", 0644);
    shadow.breakAfter = 1_000_000;

    starter.run(shadow, "Arguments = \"a 'b c'\"; Environment = \"X='y z'\"");
    starter.awaitGone();

    ClassAd exited =
        AdCodec.fromProto(shadow.heard(MessageCase.EXITED).getFirst().getExited().getAd());
    assertThat(exited.bool("ExitBySignal")).contains(false);
    assertThat(exited.integer("ExitCode")).hasValue(3);
    assertThat(shadow.outputs.keySet())
        .containsExactlyInAnyOrder("_condor_stdout", "_condor_stderr", "new", "changed");
    assertThat(shadow.outputs.get("_condor_stdout"))
        .startsWith("in xxx")
        .endsWith("x\na|b c|y z|" + starter.shortRun() + "|slot1|alice\n");
    assertThat(shadow.outputs.get("_condor_stderr")).isEqualTo("oops\n");
    assertThat(shadow.outputs.get("changed")).isEqualTo("old changed\n");
    assertThat(shadow.heard(MessageCase.EXITED).getFirst().getExited().getOutputsList())
        .extracting(OutputFile::getName)
        .containsExactlyInAnyOrderElementsOf(shadow.outputs.keySet());
    assertThat(shadow.heard(MessageCase.EXECUTING)).isNotEmpty();
    assertThat(starter.event("Executing")).isPresent();
    assertThat(starter.processes()).isEmpty();
  }

  @Test
  void aSignalIsReportedAsOne() throws Exception {
    shadow.program("kill -TERM $$\n");

    starter.run(shadow, "");
    starter.awaitGone();

    ClassAd exited =
        AdCodec.fromProto(shadow.heard(MessageCase.EXITED).getFirst().getExited().getAd());
    assertThat(exited.bool("ExitBySignal")).contains(true);
    assertThat(exited.integer("ExitSignal")).hasValue(15);
  }

  @Test
  void listedOutputsComeWithTheirFoldersAndLinksDoNot() throws Exception {
    Path secret = Files.writeString(home.resolve("secret"), "the owner's");
    shadow.program(
        "mkdir -p d/e; echo 1 >d/one; echo 2 >d/e/two; ln -s "
            + secret
            + " d/link; mkfifo d/pipe; echo 3 >'odd\tname'; ln d/one d/hard; echo no >other\n");

    starter.run(shadow, "TransferOutput = \"d/, odd\tname\"");
    starter.awaitGone();

    assertThat(shadow.outputs.keySet())
        .containsExactlyInAnyOrder(
            "_condor_stdout", "_condor_stderr", "d/one", "d/e/two", "d/hard", "odd\tname");
    ClassAd exited =
        AdCodec.fromProto(shadow.heard(MessageCase.EXITED).getFirst().getExited().getAd());
    assertThat(exited.strings("OutputWarnings"))
        .containsExactlyInAnyOrder("'d/link' is no regular file", "'d/pipe' is no regular file");
  }

  @Test
  void aMissingOutputIsTheUsersFault() throws Exception {
    shadow.program("ln -s /scratch link\n");

    starter.run(shadow, "TransferOutput = \"result, link/x\"");
    starter.awaitGone();

    Failed failed = shadow.heard(MessageCase.FAILED).getFirst().getFailed();
    assertThat(failed.getUserFault()).isTrue();
    assertThat(failed.getHoldCode()).isEqualTo(12);
    assertThat(failed.getReason()).contains("result").contains("link/x");
  }

  @Test
  void aProgramThatCannotBeStartedIsTheUsersFault() throws Exception {
    shadow.input("condor_exec.exe", "#!/no/such/interpreter\n", 0755);

    starter.run(shadow, "");
    starter.awaitGone();

    Failed failed = shadow.heard(MessageCase.FAILED).getFirst().getFailed();
    assertThat(failed.getUserFault()).isTrue();
    assertThat(failed.getHoldCode()).isEqualTo(6);
    assertThat(failed.getReason()).contains("/no/such/interpreter");
    assertThat(starter.event("Executing")).isEmpty();
  }

  @Test
  void inputsThatCannotBeLaidDownAreThisMachinesFault() throws Exception {
    shadow.program("exit 0\n").input("a", "file", 0644).input("a/b", "beneath a file", 0644);

    starter.run(shadow, "");
    starter.awaitGone();

    assertThat(shadow.heard(MessageCase.FAILED).getFirst().getFailed().getUserFault()).isFalse();
  }

  @Test
  void anInputThatWouldLeaveTheScratchFolderIsNotWritten() throws Exception {
    shadow.program("exit 0\n").input("../../../evil", "x", 0644);

    starter.run(shadow, "");
    starter.awaitGone();

    assertThat(shadow.heard(MessageCase.FAILED)).isNotEmpty();
    assertThat(home.resolve("execute/evil")).doesNotExist();
    assertThat(starter.folder.resolve("evil")).doesNotExist();
  }

  @Test
  void aPoliteEndGivesTheJobTimeAndTellsTheShadow() throws Exception {
    shadow.program(
        "trap 'echo bye >/tmp/bye; exit 0' TERM; echo up; while :; do sleep 0.1; done\n");
    starter.run(shadow, "");
    Await.until(() -> starter.scratch().resolve("_condor_stdout").toFile().length() > 0);

    Frame answer =
        starter.ask(
            starter.command("End").toBuilder()
                .put("Graceful", true)
                .put("Reason", "owner")
                .build());
    starter.awaitGone();

    assertThat(answer.kind()).isEqualTo(Frame.Kind.DONE);
    Await.until(() -> !shadow.heard(MessageCase.VACATED).isEmpty());
    assertThat(shadow.heard(MessageCase.VACATED).getFirst().getVacated().getReason())
        .isEqualTo("owner");
    assertThat(shadow.heard(MessageCase.EXITED)).isEmpty();
  }

  @Test
  void aJobThatDoesNotWantToGoIsKilled() throws Exception {
    shadow.program(
        "trap '' TERM; (trap '' TERM; setsid sleep 1000) & echo up; while :; do sleep 0.1; done\n");
    starter.run(shadow, "");
    Await.until(() -> starter.scratch().resolve("_condor_stdout").toFile().length() > 0);

    starter.ask(starter.command("End").toBuilder().put("Graceful", true).build());
    starter.awaitGone();

    assertThat(starter.processes()).isEmpty();
  }

  @Test
  void aRunThatTheShadowClosesIsKilledAndCleaned() throws Exception {
    shadow.program("echo up; sleep 1000\n");
    starter.run(shadow, "");
    starter.awaitEvent("Executing");

    shadow.closeRun("a newer run has the rights");
    starter.awaitGone();

    assertThat(starter.event("RunGone").orElseThrow().string("Reason"))
        .contains("a newer run has the rights");
    assertThat(shadow.heard(MessageCase.VACATED)).isEmpty();
  }

  @Test
  void statusNamesTheRunsAndAGoneRunIsSaidUntilItIsKnown() throws Exception {
    shadow.program("exit 0\n");
    starter.run(shadow, "");
    starter.awaitGone();

    starter.disconnect();
    starter.events.clear();
    starter.connect();
    starter.awaitEvent("RunGone");
    starter.ask(starter.command("RunGoneAck"));
    starter.disconnect();
    starter.events.clear();
    starter.connect();

    assertThat(starter.ask(starter.command("Status")).kind()).isEqualTo(Frame.Kind.DONE);
    assertThat(starter.event("RunGone")).isEmpty();
  }
}
