package io.urubu.schedd;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.urubu.classad.ClassAd;
import io.urubu.protocol.claim.v1.ClaimResponse;
import io.urubu.protocol.negotiate.v1.Demand;
import io.urubu.protocol.shadow.v1.Admit;
import io.urubu.protocol.shadow.v1.AttachResponse;
import io.urubu.protocol.shadow.v1.CheckpointRecorded;
import io.urubu.protocol.shadow.v1.RunEnded;
import io.urubu.protocol.shadow.v1.RunNews;
import io.urubu.protocol.wire.v1.Generation;
import io.urubu.protocol.wire.v1.RunId;
import io.urubu.sql.personal.ScratchPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints, vacating and suspension in a whole schedd on a real database. */
@Tag("module")
class ScheddCheckpointTest {
  private static final ClassAd EXIT_0 =
      ClassAd.builder().put("ExitBySignal", false).put("ExitCode", 0).build();
  private static final ClassAd OWNER_BACK =
      ClassAd.builder()
          .put("Reason", "the owner is back")
          .put("VacateCode", "OwnerReturned")
          .put("Checkpointed", true)
          .build();

  private static ScratchPostgres postgres;

  @TempDir private Path folder;
  private TestSchedd schedd;
  private final List<FakeStartd> startds = new ArrayList<>();
  private final List<FakeShadow> shadows = new ArrayList<>();
  private final Map<String, StringBuilder> logs = FakeShadow.emptyLogs();

  @BeforeAll
  static void startDatabase() throws Exception {
    postgres = ScratchPostgres.start();
  }

  @AfterAll
  static void stopDatabase() throws Exception {
    postgres.close();
  }

  @BeforeEach
  void startSchedd() throws Exception {
    try (Connection connection = postgres.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA IF EXISTS schedd CASCADE");
    }
    schedd = new TestSchedd(folder, postgres.settings());
  }

  @AfterEach
  void stopSchedd() throws Exception {
    startds.forEach(FakeStartd::close);
    shadows.forEach(FakeShadow::close);
    schedd.close();
  }

  /** A job that runs: its machine, its claim, its run, and what the shadow was told of it. */
  private record Running(FakeStartd startd, ByteString claim, Admit admit) {
    RunId run() {
      return admit.getRun();
    }
  }

  private FakeShadow shadow(RunId... open) throws Exception {
    FakeShadow shadow = schedd.shadow("127.0.0.1:1000", logs, List.of(open));
    shadows.add(shadow);
    return shadow;
  }

  private Running run(FakeShadow shadow, String machine) throws Exception {
    return run(shadow, machine, schedd.matchmaker.nextDemand(1));
  }

  private Running run(FakeShadow shadow, String machine, Demand demand) throws Exception {
    Running running = start(shadow, machine, demand);
    shadow.executing(running.run());
    return running;
  }

  private Running start(FakeShadow shadow, String machine, Demand demand) throws Exception {
    String slot = "slot1@" + machine;
    byte[] ticket = schedd.ticket();
    FakeStartd startd = startd(machine);
    startd.offer(ticket, slot);
    schedd.matchmaker.match(ticket, slot, demand, FakeStartd.machine(slot));
    ByteString claim =
        startd.next("Granted", ClaimResponse::hasGranted).getGranted().getClaimSecret();
    Admit admit = shadow.next("Admit", AttachResponse::hasAdmit).getAdmit();
    shadow.admitted(admit.getRun());
    startd.next("Activate", ClaimResponse::hasActivate);
    return new Running(startd, claim, admit);
  }

  private FakeStartd startd(String machine) throws Exception {
    FakeStartd startd = schedd.startd(machine);
    startds.add(startd);
    return startd;
  }

  private static CheckpointRecorded save(FakeShadow shadow, int number, RunId run)
      throws Exception {
    shadow.prepared(
        run,
        Saved.generation(number, run),
        ClassAd.builder().put("RemoteUserCpu", 61.5).put("CheckpointSeconds", 1.5).build());
    return recorded(shadow);
  }

  private static CheckpointRecorded recorded(FakeShadow shadow) throws Exception {
    return shadow
        .next("CheckpointRecorded", AttachResponse::hasCheckpointRecorded)
        .getCheckpointRecorded();
  }

  /** The owner is back; the job leaves, and its machine is free. */
  private void leave(FakeShadow shadow, Running running, ClassAd how) throws Exception {
    end(shadow, running, RunEnded.Outcome.OUTCOME_CLOSED, how);
  }

  private void end(FakeShadow shadow, Running running, RunEnded.Outcome outcome, ClassAd how)
      throws Exception {
    schedd.matchmaker.forgetDemand();
    shadow.ended(running.run(), outcome, how);
    shadow.next("Settled", AttachResponse::hasSettled);
    running
        .startd()
        .say(
            io.urubu.protocol.claim.v1.ClaimRequest.newBuilder()
                .setReleased(io.urubu.protocol.claim.v1.Released.newBuilder().setReason("owner"))
                .build());
  }

  private ClassAd job(int cluster) throws Exception {
    return schedd.query(false, "" + cluster).getFirst();
  }

  private String log() {
    return logs.getOrDefault("/tmp/job.log", new StringBuilder()).toString();
  }

  private List<String> heads() {
    return log()
        .lines()
        .filter(line -> line.matches("[0-9]{3} \\(.*"))
        .map(line -> line.substring(0, 3))
        .toList();
  }

  private String act(String verb, int cluster) throws Exception {
    return act(ClassAd.builder().put("Command", verb), cluster);
  }

  private String act(ClassAd.Builder request, int cluster) throws Exception {
    return schedd
        .ask(request.put("Ids", List.of(cluster + ".0")).build())
        .getFirst()
        .string("Text")
        .orElseThrow();
  }

  @Test
  void aJobGoesOnFromItsNewestCheckpointElsewhere() throws Exception {
    int cluster = schedd.submit("move", 1, "job.log");
    FakeShadow shadow = shadow();
    Running first = run(shadow, "ws1@host");
    assertThat(first.admit().getGenerationsList()).isEmpty();
    for (int number = 1; number <= 3; number++) {
      assertThat(save(shadow, number, first.run()).getAccepted()).isTrue();
    }
    leave(shadow, first, OWNER_BACK);

    Running second = run(shadow, "ws2@host");

    assertThat(second.admit().getGenerationsList())
        .containsExactly(Saved.generation(3, first.run()), Saved.generation(2, first.run()));
    Eventually.isTrue("runs", () -> job(cluster).integer("NumJobStarts").orElse(0) == 2);
    ClassAd ad = job(cluster);
    assertThat(ad.integer("NumCheckpoints")).hasValue(3);
    assertThat(ad.integer("NumRestarts")).hasValue(1);
    assertThat(ad.integer("LastRestartCheckpoint")).hasValue(3);
    assertThat(ad.integer("NumVacates")).hasValue(1);
    assertThat(ad.ad("NumVacatesByReason").orElseThrow().integer("OwnerReturned")).hasValue(1);
    assertThat(ad.string("VacateReason")).hasValue("the owner is back");
    assertThat(ad.string("VacateReasonCode")).hasValue("OwnerReturned");
    assertThat(ad.string("RemoteHost")).hasValue("slot1@ws2@host");
    assertThat(ad.expression("Requirements").orElseThrow()).contains("LastCheckpointPlatform");
    shadow.ended(second.run(), RunEnded.Outcome.OUTCOME_EXITED, EXIT_0);
    assertThat(shadow.next("Settled", AttachResponse::hasSettled).getSettled().getJobEnded())
        .isTrue();
    Eventually.isTrue(
        "log",
        () -> heads().equals(List.of("000", "001", "003", "003", "003", "004", "001", "005")));
    assertThat(log()).contains("\t(1) Job was checkpointed.\n");
    assertThat(log()).contains("\tUsr 0 00:01:01, Sys 0 00:00:00  -  Run Remote Usage\n");
  }

  @Test
  void aCheckpointThatWasCommittedIsConfirmedAfterARestart() throws Exception {
    int cluster = schedd.submit("restart", 1, "");
    FakeShadow shadow = shadow();
    Running running = run(shadow, "ws1@host");
    shadow.prepared(running.run(), Saved.generation(1, running.run()), ClassAd.empty());
    // The answer is not waited for: whether it was sent or not, it is asked for again.
    Eventually.isTrue("committed", () -> job(cluster).integer("NumCheckpoints").orElse(0) == 1);
    shadow.close();
    schedd.stop();
    schedd.start();

    FakeShadow again = shadow(running.run());
    CheckpointRecorded answer = save(again, 1, running.run());

    assertThat(answer.getAccepted()).isTrue();
    assertThat(answer.getKeptList()).containsExactly(1);
    assertThat(job(cluster).integer("NumCheckpoints")).hasValue(1);
    schedd.matchmaker.forgetDemand();
    again.ended(running.run(), RunEnded.Outcome.OUTCOME_LOST, ClassAd.empty());
    Running next = start(again, "ws2@host", schedd.matchmaker.nextDemand(1));
    assertThat(next.admit().getGenerationsList())
        .containsExactly(Saved.generation(1, running.run()));
    assertThat(job(cluster).string("VacateReasonCode")).hasValue("LeaseExpired");
  }

  @Test
  void whatComesTooLateIsRefusedWithAReason() throws Exception {
    int cluster = schedd.submit("late", 1, "");
    FakeShadow shadow = shadow();
    Running first = run(shadow, "ws1@host");
    save(shadow, 1, first.run());
    leave(shadow, first, OWNER_BACK);
    Running second = run(shadow, "ws2@host");

    CheckpointRecorded late = save(shadow, 2, first.run());
    CheckpointRecorded old = save(shadow, 1, second.run());

    assertThat(late.getAccepted()).isFalse();
    assertThat(late.getReason()).contains("run 1", "2");
    assertThat(late.getKeptList()).containsExactly(1);
    assertThat(old.getAccepted()).isFalse();
    shadow.ended(second.run(), RunEnded.Outcome.OUTCOME_EXITED, EXIT_0);
    shadow.next("Settled", AttachResponse::hasSettled);
    CheckpointRecorded gone = save(shadow, 3, second.run());
    assertThat(gone.getAccepted()).isFalse();
    assertThat(gone.getReason()).contains("left the queue");
    assertThat(schedd.query(true, "" + cluster).getFirst().has("Checkpoints")).isFalse();
  }

  @Test
  void aCheckpointOfARunThatJustEndedCounts() throws Exception {
    schedd.submit("ended", 1, "");
    FakeShadow shadow = shadow();
    Running first = run(shadow, "ws1@host");
    leave(shadow, first, OWNER_BACK);

    assertThat(save(shadow, 1, first.run()).getAccepted()).isTrue();

    Running second = run(shadow, "ws2@host");
    assertThat(second.admit().getGenerationsCount()).isEqualTo(1);
  }

  private Running startAndFail(FakeShadow shadow, String machine, ClassAd why) throws Exception {
    Running running = start(shadow, machine, schedd.matchmaker.nextDemand(1));
    end(shadow, running, RunEnded.Outcome.OUTCOME_MACHINE_FAILED, why);
    return running;
  }

  private static List<Integer> numbers(Running running) {
    return running.admit().getGenerationsList().stream().map(Generation::getNumber).toList();
  }

  @Test
  void aFailedRestartIsTriedElsewhereThenFallsBackThenStartsOver() throws Exception {
    int cluster = schedd.submit("fail", 1, "job.log");
    FakeShadow shadow = shadow();
    Running first = run(shadow, "ws1@host");
    save(shadow, 1, first.run());
    save(shadow, 2, first.run());
    leave(shadow, first, OWNER_BACK);
    ClassAd failed = Saved.restartFailed(2, false, "no such kernel");

    assertThat(numbers(startAndFail(shadow, "ws2@host", failed))).containsExactly(2, 1);
    assertThat(numbers(startAndFail(shadow, "ws3@host", failed))).containsExactly(2, 1);
    ClassAd damaged = Saved.restartFailed(1, true, "image 0 is torn");
    assertThat(numbers(startAndFail(shadow, "ws3@host", damaged))).containsExactly(1);
    Running last = start(shadow, "ws3@host", schedd.matchmaker.nextDemand(1));

    assertThat(numbers(last)).isEmpty();
    ClassAd ad = job(cluster);
    assertThat(ad.integer("NumRestartFailures")).hasValue(3);
    assertThat(ad.integer("NumCheckpointFallbacks")).hasValue(1);
    assertThat(ad.integer("NumStartOvers")).hasValue(1);
    assertThat(ad.integer("NumVacates")).hasValue(1);
    Eventually.isTrue("log", () -> heads().stream().filter("004"::equals).count() == 4);
    assertThat(log())
        .contains(
            "\tRestart from checkpoint 2 failed on slot1@ws2@host: no such kernel; it is tried"
                + " again, on another machine if there is one\n",
            "checkpoint 2 failed on slot1@ws3@host: no such kernel; it is given up, the job goes"
                + " on from checkpoint 1\n",
            "checkpoint 1 failed on slot1@ws3@host: image 0 is torn; it is given up, the job"
                + " starts over\n");
  }

  @Test
  void whereARestartFailedTheJobGoesAgainWhenNothingElseCameForAWhile() throws Exception {
    int cluster = schedd.submit("avoid", 1, "");
    FakeShadow shadow = shadow();
    Running first = run(shadow, "ws1@host");
    save(shadow, 1, first.run());
    leave(shadow, first, OWNER_BACK);
    startAndFail(shadow, "ws2@host", Saved.restartFailed(1, false, "no such kernel"));
    FakeStartd refused = startd("ws2@host");
    byte[] ticket = schedd.ticket();
    refused.offer(ticket, "slot1@ws2@host");
    schedd.matchmaker.match(
        ticket,
        "slot1@ws2@host",
        schedd.matchmaker.nextDemand(1),
        FakeStartd.machine("slot1@ws2@host"));
    refused.next("Refused", ClaimResponse::hasRefused);
    // Also a schedd that was restarted lets the time run out.
    shadow.close();
    schedd.stop();
    schedd.start();
    assertThat(job(cluster).has("RestartFailedOn")).isTrue();

    schedd.matchmaker.forgetDemand();
    schedd.isLater(Duration.ofSeconds(31));

    Eventually.isTrue("over", () -> !job(cluster).has("RestartFailedOn"));
    Running again = start(shadow(), "ws2@host", schedd.matchmaker.nextDemand(1));
    assertThat(numbers(again)).containsExactly(1);
  }

  @Test
  void suspensionShowsAndCountsAndEndsWithTheRun() throws Exception {
    int cluster = schedd.submit("suspend", 1, "job.log");
    FakeShadow shadow = shadow();
    Running running = run(shadow, "ws1@host");
    ClassAd news = ClassAd.builder().put("NumPids", 3).put("Reason", "SUSPEND is true").build();

    shadow.news(running.run(), RunNews.Kind.KIND_SUSPENDED, news);
    shadow.news(running.run(), RunNews.Kind.KIND_SUSPENDED, news);
    Eventually.isTrue("suspended", () -> schedd.status("" + cluster) == 7);
    assertThat(act("Continue", cluster)).contains("by the owner of its machine");
    shadow.news(running.run(), RunNews.Kind.KIND_CONTINUED, ClassAd.empty());
    Eventually.isTrue("continued", () -> schedd.status("" + cluster) == 2);
    shadow.news(running.run(), RunNews.Kind.KIND_SUSPENDED, news);
    Eventually.isTrue("suspended again", () -> schedd.status("" + cluster) == 7);
    leave(shadow, running, OWNER_BACK);

    ClassAd ad = job(cluster);
    assertThat(ad.integer("JobStatus")).hasValue(1);
    assertThat(ad.integer("TotalSuspensions")).hasValue(2);
    assertThat(ad.integer("LastSuspensionTime")).hasValue(0);
    assertThat(ad.has("CumulativeSuspensionTime")).isTrue();
    Eventually.isTrue(
        "log", () -> heads().equals(List.of("000", "001", "010", "011", "010", "004")));
    assertThat(log()).contains("\tNumber of processes actually suspended: 3\n");
  }

  @Test
  void aUsersSuspensionIsSaidAgainWhenTheMachineComesBack() throws Exception {
    int cluster = schedd.submit("user", 1, "");
    FakeShadow shadow = shadow();
    Running running = run(shadow, "ws1@host");

    assertThat(act("Suspend", cluster)).isEqualTo("Job " + cluster + ".0 suspended");
    assertThat(act("Suspend", cluster)).isEqualTo("Job " + cluster + ".0 already suspended");
    running.startd().next("SuspendRun", ClaimResponse::hasSuspendRun);
    running.startd().close();
    schedd.stop();
    schedd.start();
    FakeStartd again = startd("ws1@host");
    again.resume(running.claim(), "slot1@ws1@host", Optional.of(running.run()));

    assertThat(again.next("SuspendRun", ClaimResponse::hasSuspendRun).getSuspendRun().getRun())
        .isEqualTo(running.run());
    assertThat(act("Continue", cluster)).isEqualTo("Job " + cluster + ".0 continued");
    again.next("ContinueRun", ClaimResponse::hasContinueRun);
    assertThat(act("Continue", cluster)).isEqualTo("Job " + cluster + ".0 is not suspended");
  }

  @Test
  void aVacatedJobRunsAgainAlsoOnTheSameMachine() throws Exception {
    int cluster = schedd.submit("vacate", 1, "");
    assertThat(act("Vacate", cluster)).isEqualTo("Job " + cluster + ".0 is not running");
    FakeShadow shadow = shadow();
    Running running = run(shadow, "ws1@host");
    Eventually.isTrue("runs", () -> job(cluster).integer("NumJobStarts").orElse(0) == 1);

    assertThat(act("Vacate", cluster)).isEqualTo("Job " + cluster + ".0 vacated");
    var deactivate =
        running.startd().next("Deactivate", ClaimResponse::hasDeactivate).getDeactivate();
    assertThat(deactivate.getCode()).isEqualTo("UserCommand");
    assertThat(deactivate.getGraceful()).isTrue();
    assertThat(act(ClassAd.builder().put("Command", "Vacate").put("Fast", true), cluster))
        .isEqualTo("Job " + cluster + ".0 fast-vacated");
    assertThat(
            running
                .startd()
                .next("Deactivate", ClaimResponse::hasDeactivate)
                .getDeactivate()
                .getGraceful())
        .isFalse();
    // The starter had no time to say why.
    leave(shadow, running, ClassAd.empty());
    run(shadow, "ws1@host");

    ClassAd ad = job(cluster);
    assertThat(ad.ad("NumVacatesByReason").orElseThrow().integer("UserCommand")).hasValue(1);
    assertThat(ad.string("VacateReason").orElseThrow()).contains("condor_vacate_job");
  }

  @Test
  void aCheckpointCanBeAskedFor() throws Exception {
    int cluster = schedd.submit("ask", 1, "");
    FakeShadow shadow = shadow();
    Running running = run(shadow, "ws1@host");

    assertThat(act("Checkpoint", cluster))
        .isEqualTo("Job " + cluster + ".0 asked for a checkpoint");

    running.startd().next("CheckpointRun", ClaimResponse::hasCheckpointRun);
    shadow.news(
        running.run(),
        RunNews.Kind.KIND_CHECKPOINT_FAILED,
        ClassAd.builder().put("Reason", "the disk is full").build());
    Eventually.isTrue(
        "said",
        () -> job(cluster).string("LastCheckpointFailure").equals(Optional.of("the disk is full")));
  }

  @Test
  void aHeldJobGoesOnFromItsCheckpointWhenItIsReleased() throws Exception {
    int cluster = schedd.submit("hold", 1, "");
    FakeShadow shadow = shadow();
    Running running = run(shadow, "ws1@host");
    save(shadow, 1, running.run());
    act("Hold", cluster);
    shadow.next("CloseRun", AttachResponse::hasCloseRun);
    leave(shadow, running, ClassAd.empty());
    assertThat(schedd.status("" + cluster)).isEqualTo(5);
    schedd.stop();
    schedd.start();
    FakeShadow again = shadow();
    schedd.matchmaker.forgetDemand();
    act("Release", cluster);

    Running next = start(again, "ws1@host", schedd.matchmaker.nextDemand(1));

    assertThat(next.admit().getGenerationsList())
        .containsExactly(Saved.generation(1, running.run()));
  }

  @Test
  void theCheckpointsOfARemovedJobAreGivenUpAlsoWhenNoShadowWasThere() throws Exception {
    int cluster = schedd.submit("rm", 1, "");
    FakeShadow shadow = shadow();
    Running running = run(shadow, "ws1@host");
    save(shadow, 1, running.run());
    leave(shadow, running, OWNER_BACK);
    shadow.close();
    Eventually.isTrue("shadow away", () -> schedd.daemonStatus().integer("Shadows").orElse(1) == 0);

    act("Remove", cluster);
    FakeShadow again = shadow();

    var settled = again.next("Settled", AttachResponse::hasSettled).getSettled();
    assertThat(settled.getJobEnded()).isTrue();
    assertThat(settled.getRun()).isEqualTo(running.run());
  }
}
