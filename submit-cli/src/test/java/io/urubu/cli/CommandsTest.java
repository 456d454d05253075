package io.urubu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.ClassAd;
import io.urubu.command.PoolError;
import io.urubu.command.PoolException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("module")
final class CommandsTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private FakeDaemon schedd;

  @BeforeEach
  void startSchedd() throws Exception {
    schedd = FakeDaemon.schedd(folder.resolve("pool"));
    Files.writeString(folder.resolve("run.sh"), "#!/bin/sh\n");
  }

  @AfterEach
  void stopSchedd() throws Exception {
    schedd.close();
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    Map<String, String> environment = Map.of("URUBU_POOL", folder.resolve("pool").toString());
    return Main.run(new PrintWriter(out), new PrintWriter(err), environment, arguments);
  }

  private String description(String... lines) throws Exception {
    Path file = folder.resolve("job.sub");
    Files.writeString(
        file,
        "executable = %s/run.sh\ninitialdir = %s\n%s\n"
            .formatted(folder, folder, String.join("\n", lines)));
    return file.toString();
  }

  @Test
  void submitPrintsTheTwoLinesThatOthersParse() throws Exception {
    schedd.answers(ClassAd.builder().put("ClusterId", 41).put("Count", 3).build());

    int status = run("submit", description("log = x.log", "qeue = 1", "queue 3"));

    assertThat(status).isZero();
    assertThat(out).hasToString("Submitting job(s)...\n3 job(s) submitted to cluster 41.\n");
    assertThat(err.toString()).contains("job.sub:4: qeue = 1: nothing reads this line");
    assertThat(folder.resolve("x.log")).exists();
    ClassAd request = schedd.requests().getFirst();
    assertThat(request.string("Command")).contains("Submit");
    assertThat(request.string("RequestId").orElseThrow()).hasSize(36);
    assertThat(request.integer("Count")).hasValue(3);
    assertThat(request.ad("ClusterAd").orElseThrow().string("Iwd")).contains(folder.toString());
  }

  @Test
  void aSubmissionWhoseAnswerWasLostIsAskedAgainWithTheSameId() throws Exception {
    schedd.answers(ClassAd.builder().put("ClusterId", 7).put("Count", 1).build());
    schedd.hangsUp(1);

    int status = run("submit", "--terse", description("queue"));

    assertThat(status).isZero();
    assertThat(out).hasToString("7.0 - 7.0\n");
    assertThat(schedd.requests()).hasSize(2);
    assertThat(schedd.requests().getFirst()).isEqualTo(schedd.requests().getLast());
  }

  @Test
  void aScheddThatKeepsHangingUpIsUnreachable() throws Exception {
    schedd.hangsUp(100);

    assertThat(run("submit", description("queue"))).isEqualTo(3);
    assertThat(err.toString()).contains("POOL_UNREACHABLE").doesNotContain("\tat ");
    assertThat(schedd.requests()).hasSize(2);
  }

  @Test
  void aDescriptionWithProblemsIsNotSent() throws Exception {
    int status = run("submit", description("input = nosuch", "queue"));

    assertThat(status).isEqualTo(1);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().replace(folder.toString(), "DIR"))
        .isEqualTo(
            "urubu: FILE_NOT_USABLE: DIR/job.sub:3: input = nosuch: no file DIR/nosuch; make it, or"
                + " mend the name\n");
    assertThat(schedd.requests()).isEmpty();
    assertThat(run("submit", folder.resolve("nosuch.sub").toString())).isEqualTo(1);
    assertThat(err.toString()).contains("no such file; mend the name");
  }

  @Test
  void aDryRunPrintsTheAdsOnly() throws Exception {
    int status = run("submit", "--dry-run", description("+Foo = $(Process)", "queue 2"));

    assertThat(status).isZero();
    assertThat(out.toString()).contains("Foo = 0\n", "Foo = 1\n", "ProcId = 1\n");
    assertThat(schedd.requests()).isEmpty();
  }

  @Test
  void theQueueIsATableWithTotals() {
    schedd.answers(
        ClassAd.empty(),
        ClassAd.builder()
            .put("ClusterId", 41)
            .put("ProcId", 3)
            .put("Owner", "alice")
            .put("JobStatus", 5)
            .put("HoldReason", "no\u001b[2J program")
            .put("Cmd", "/home/alice/run.sh")
            .put("Arguments", "1 2")
            .build());

    int status = run("q", "41", "--constraint", "JobPrio > 1", "--all-users");

    assertThat(status).isZero();
    assertThat(out.toString())
        .containsPattern("(?m)^41\\.3 +alice +\\d\\d/\\d\\d .* H +no\\?\\[2J program +run.sh 1 2$")
        .contains("Total for query: 1 jobs; 0 completed, 0 removed, 0 idle, 0 running, 1 held");
    ClassAd request = schedd.requests().getFirst();
    assertThat(request.strings("Ids")).containsExactly("41");
    assertThat(request.string("Constraint")).contains("JobPrio > 1");
    assertThat(request.bool("AllUsers")).contains(true);
    assertThat(run("q", "--json")).isZero();
    assertThat(out.toString()).startsWith("[\n{").contains("\"ProcId\"").endsWith("]\n");
  }

  @Test
  void removingTellsWhatBecameOfEachId() {
    schedd.answers(
        ClassAd.empty(),
        ClassAd.builder().put("Id", "3.0").put("Found", true).put("Text", "Job 3.0 gone").build(),
        ClassAd.builder().put("Id", "9").put("Found", false).put("Text", "no cluster 9").build());

    int status = run("rm", "3.0", "9", "--reason", "enough");

    assertThat(status).isZero();
    assertThat(out).hasToString("Job 3.0 gone\n");
    assertThat(err).hasToString("urubu: no cluster 9\n");
    assertThat(schedd.requests().getFirst().string("Reason")).contains("enough");
    assertThat(run("rm")).isEqualTo(2);
    assertThat(run("rm", "--all", "3")).isEqualTo(2);
  }

  @Test
  void theQueueShowsWhereAJobIsWhyItLeftAndHowOldItsCheckpointIs() {
    long now = Instant.now().getEpochSecond();
    ClassAd.Builder moved =
        ClassAd.builder()
            .put("ClusterId", 42)
            .put("ProcId", 0)
            .put("Owner", "alice")
            .put("JobStatus", 7)
            .put("RemoteHost", "slot1@ws2@host")
            .put("VacateReasonCode", "OwnerReturned")
            .put("VacateReason", "the owner of ws1 is back")
            .put("LastCheckpointTime", now - 3600)
            .put("Cmd", "run.sh");
    ClassAd idle =
        ClassAd.builder().put("ClusterId", 43).put("JobStatus", 1).put("Cmd", "run.sh").build();
    schedd.answers(ClassAd.empty(), moved.build(), idle);

    assertThat(run("q")).isZero();
    assertThat(out.toString())
        .containsPattern("(?m)^ID .* WHERE +CHECKPOINT  LAST LEFT  +CMD$")
        .containsPattern("(?m)^42\\.0 .* S +slot1@ws2@host +0\\+01:00:0\\d  owner back +run.sh$")
        .contains("0 held, 1 suspended");
    schedd.answers(ClassAd.empty(), idle);
    assertThat(run("q")).isZero();
    assertThat(out.toString()).doesNotContain("CHECKPOINT", "LAST LEFT");
  }

  @Test
  void vacateSuspendAndContinueAskForTheSameChoiceOfJobsAsHold() {
    for (String command : new String[] {"vacate", "suspend", "continue"}) {
      schedd.answers(
          ClassAd.empty(),
          ClassAd.builder()
              .put("Id", "17.0")
              .put("Found", true)
              .put("Text", "Job 17.0 so")
              .build());

      assertThat(run(command, "17.0", "--constraint", "JobPrio > 1")).isZero();
      assertThat(out).hasToString("Job 17.0 so\n");
      ClassAd request = schedd.requests().getLast();
      assertThat(request.string("Command").orElse("")).isEqualToIgnoringCase(command);
      assertThat(request.strings("Ids")).containsExactly("17.0");
      assertThat(request.string("Constraint")).contains("JobPrio > 1");
      assertThat(run(command)).isEqualTo(2);
    }
    assertThat(run("vacate", "-fast", "17")).isZero();
    assertThat(schedd.requests().getLast().bool("Fast")).contains(true);
    assertThat(run("checkpoint", "take", "17.0")).isZero();
    assertThat(schedd.requests().getLast().string("Command")).contains("Checkpoint");
    assertThat(run("checkpoint")).isEqualTo(2);
  }

  @Test
  void theCheckpointsOfAJobAreListedFromItsAd() throws Exception {
    String checkpoints =
        "{[Generation = 7; Run = 3; Backend = \"dmtcp\"; Platform = \"x86_64-6.1\"; Bytes = 23400000;"
            + " CutAt = 1795000000; RecipeSha256 = \"00\"],"
            + " [Generation = 6; Run = 2; Backend = \"self\"; Platform = \"\"; Bytes = 1500; CutAt = 1794990000]}";
    schedd.answers(
        ClassAd.empty(),
        ClassAd.builder()
            .put("ClusterId", 17)
            .put("ProcId", 0)
            .putExpression("Checkpoints", checkpoints)
            .build(),
        ClassAd.builder().put("ClusterId", 18).put("ProcId", 0).build());

    assertThat(run("checkpoint", "list", "17", "18")).isZero();
    assertThat(out.toString().lines().map(line -> line.replaceAll(" +", " ")))
        .hasSize(3)
        .first()
        .isEqualTo("JOB GENERATION BACKEND SIZE TAKEN AGE FROM-RUN PLATFORM");
    assertThat(out.toString())
        .containsPattern("(?m)^17\\.0 +7  dmtcp +23\\.4 MB .* 3  x86_64-6.1$")
        .containsPattern("(?m)^17\\.0 +6  self +1\\.5 KB .* 2  any$");
    assertThat(schedd.requests().getLast().strings("Ids")).containsExactly("17", "18");
    assertThat(run("checkpoint", "list", "--json")).isZero();
    assertThat(out.toString()).contains("\"Generation\"", "\"Job\"");
  }

  @Test
  void whatThePoolRefusesIsStatusOne() {
    schedd.refuses(new PoolException(PoolError.PERMISSION_DENIED, "eve may not: ask alice"));

    assertThat(run("token", "--scope", "ADMIN")).isEqualTo(1);
    assertThat(err).hasToString("urubu: PERMISSION_DENIED: eve may not: ask alice\n");
  }

  @Test
  void withoutAPoolEachCommandSaysHowToStartOne() throws Exception {
    schedd.close();

    for (String command : new String[] {"q", "history", "status", "token"}) {
      assertThat(run(command)).as(command).isEqualTo(3);
      assertThat(err.toString()).contains("urubu up");
    }
    assertThat(run("submit", description("queue"))).isEqualTo(3);
  }

  @Test
  void wrongUseNamesWhatWasMeant() {
    assertThat(run("q", "--jsn")).isEqualTo(2);
    assertThat(err.toString()).contains("--jsn", "--json", "Usage: urubu q");
    assertThat(run("submt")).isEqualTo(2);
    assertThat(err.toString()).contains("submit");
    assertThat(run("submit")).isEqualTo(2);
    assertThat(run()).isEqualTo(2);
  }

  @Test
  void aBadConfigurationIsStatus78WithAllProblems() throws Exception {
    Path conf = Files.createDirectories(folder.resolve("pool/conf")).resolve("urubu.conf");
    Files.writeString(conf, "NUM_SLOTS = x\nMEMORY = y\n");

    assertThat(run("config", "SPOOL")).isEqualTo(78);
    assertThat(err.toString()).contains("urubu.conf:1: NUM_SLOTS = x", "urubu.conf:2: MEMORY = y");

    Files.writeString(conf, "NUM_SLOTS = 3\n");
    assertThat(run("config", "NUM_SLOTS", "SPOOL")).isZero();
    assertThat(out).hasToString("3\n" + folder + "/pool/state/spool\n");
    assertThat(run("config", "NOSUCH")).isEqualTo(1);
    assertThat(run("config")).isZero();
    assertThat(out.toString()).contains("urubu.conf:1\nNUM_SLOTS = 3\n");
  }
}
