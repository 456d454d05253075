package io.urubu.schedd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.urubu.classad.ClassAd;
import io.urubu.daemon.process.Daemon;
import io.urubu.protocol.claim.v1.ClaimResponse;
import io.urubu.protocol.negotiate.v1.Demand;
import io.urubu.protocol.shadow.v1.AttachResponse;
import io.urubu.protocol.shadow.v1.RunEnded;
import io.urubu.protocol.wire.v1.RunId;
import io.urubu.sql.personal.ScratchPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole schedd on a real database, with hand-driven peers over real gRPC. */
@Tag("module")
class ScheddTest {
  private static final String SLOT = "slot1@ws1@host";
  private static final ClassAd EXIT_3 =
      ClassAd.builder().put("ExitBySignal", false).put("ExitCode", 3).build();

  private static ScratchPostgres postgres;

  @TempDir private Path folder;
  private TestSchedd schedd;
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
    postgres.server().start();
    tell("DROP SCHEMA IF EXISTS schedd CASCADE");
    schedd = new TestSchedd(folder, postgres.settings());
  }

  @AfterEach
  void stopSchedd() throws Exception {
    schedd.close();
  }

  /** A job that runs: its claim, its run. */
  private record Running(FakeStartd startd, ByteString claim, RunId run) {}

  private FakeStartd claim(Demand demand) throws Exception {
    byte[] ticket = schedd.ticket();
    FakeStartd startd = schedd.startd("ws1@host");
    startd.offer(ticket, SLOT);
    schedd.matchmaker.match(ticket, SLOT, demand, FakeStartd.machine(SLOT));
    return startd;
  }

  private Running run(FakeShadow shadow, Demand demand) throws Exception {
    FakeStartd startd = claim(demand);
    ByteString claim =
        startd.next("Granted", ClaimResponse::hasGranted).getGranted().getClaimSecret();
    RunId run = admit(shadow, startd);
    return new Running(startd, claim, run);
  }

  private static RunId admit(FakeShadow shadow, FakeStartd startd) throws Exception {
    RunId run = shadow.next("Admit", AttachResponse::hasAdmit).getAdmit().getRun();
    shadow.admitted(run);
    assertThat(startd.next("Activate", ClaimResponse::hasActivate).getActivate().getRun())
        .isEqualTo(run);
    return run;
  }

  private FakeShadow shadow(List<RunId> open) throws Exception {
    return schedd.shadow("127.0.0.1:1000", logs, open);
  }

  private String log() {
    return logs.getOrDefault("/tmp/job.log", new StringBuilder()).toString();
  }

  private List<String> heads() {
    return log()
        .lines()
        .filter(line -> line.matches("[0-9]{3} \\(.*"))
        .map(l -> l.substring(0, 3))
        .toList();
  }

  @Test
  void jobsOfOneClusterRunOneAfterTheOtherOnTheSameClaim() throws Exception {
    int cluster = schedd.submit("one", 2, "job.log");
    FakeShadow shadow = shadow(List.of());
    Running first = run(shadow, schedd.matchmaker.nextDemand(2));
    shadow.executing(first.run());
    shadow.ended(first.run(), RunEnded.Outcome.OUTCOME_EXITED, EXIT_3);
    shadow.next("Settled", AttachResponse::hasSettled);
    first.startd().runGone(first.run());
    first.startd().next("RunGoneAck", ClaimResponse::hasRunGoneAck);

    RunId second = admit(shadow, first.startd());
    shadow.executing(second);
    shadow.ended(second, RunEnded.Outcome.OUTCOME_EXITED, EXIT_3);
    shadow.next("Settled", AttachResponse::hasSettled);
    first.startd().runGone(second);

    first.startd().next("Release", ClaimResponse::hasRelease);
    assertThat(schedd.query(false, "" + cluster)).isEmpty();
    assertThat(schedd.query(true, "" + cluster))
        .hasSize(2)
        .allSatisfy(
            ad -> {
              assertThat(ad.integer("ExitCode")).hasValue(3);
              assertThat(ad.integer("JobStatus")).hasValue(4);
            });
    Eventually.isTrue("log written", () -> heads().size() == 6);
    assertThat(heads()).containsExactly("000", "000", "001", "005", "001", "005");
  }

  @Test
  void theSameRequestGivesTheSameClusterAlsoAfterARestart() throws Exception {
    int cluster = schedd.submit("again", 3, "job.log");
    assertThat(schedd.submit("again", 3, "job.log")).isEqualTo(cluster);

    schedd.stop();
    schedd.start();

    assertThat(schedd.submit("again", 3, "job.log")).isEqualTo(cluster);
    assertThat(schedd.query(false, "" + cluster)).hasSize(3);
    assertThat(schedd.submit("other", 1, "job.log")).isEqualTo(cluster + 1);
    assertThat(schedd.query(false, cluster + ".2").getFirst().string("Out")).hasValue("out.2");
  }

  private void submitLate() throws Exception {
    schedd.submit("late", 1, "job.log");
  }

  @Test
  void aReplacedScheddEndsAndWritesNothing() throws Exception {
    schedd.submit("first", 1, "job.log");
    Daemon other = schedd.startAnother();

    try {
      Thread.ofVirtual().start(() -> assertThatThrownBy(() -> submitLate()));

      assertThat(schedd.fatal.poll(10, TimeUnit.SECONDS)).contains("another owner");
      assertThat(other.status().integer("Jobs")).hasValue(1);
    } finally {
      other.close();
    }
  }

  @Test
  void whatWasAcknowledgedSurvivesAKilledDatabaseAndNothingIsLostInBetween() throws Exception {
    int cluster = schedd.submit("before", 2, "job.log");
    killDatabase();
    Thread submitter =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    schedd.submit("during", 1, "job.log");
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                });
    Eventually.isTrue(
        "database away", () -> !schedd.daemonStatus().bool("DatabaseAvailable").orElse(true));

    postgres.server().start();

    submitter.join();
    assertThat(schedd.query(false, "" + cluster)).hasSize(2);
    assertThat(schedd.query(false, "" + (cluster + 1))).hasSize(1);
    assertThat(schedd.submit("during", 1, "job.log")).isEqualTo(cluster + 1);
  }

  /** A server process that has not noticed yet that its parent is gone would still commit. */
  private void killDatabase() throws Exception {
    ProcessHandle postmaster = postgres.server().postmaster().orElseThrow();
    List<ProcessHandle> processes = postmaster.descendants().toList();
    postmaster.destroyForcibly();
    postmaster.onExit().get(10, TimeUnit.SECONDS);
    for (ProcessHandle process : processes) {
      process.onExit().get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void killedConnectionsAreReplaced() throws Exception {
    schedd.submit("before", 1, "job.log");

    for (int i = 0; i < 5; i++) {
      tell(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
              + " AND usename = current_user");
      schedd.submit("after" + i, 1, "job.log");
    }

    assertThat(schedd.daemonStatus().integer("Jobs")).hasValue(6);
  }

  @Test
  void aRunningJobIsAdoptedAfterARestart() throws Exception {
    int cluster = schedd.submit("adopt", 1, "job.log");
    FakeShadow shadow = shadow(List.of());
    Running running = run(shadow, schedd.matchmaker.nextDemand(1));
    shadow.executing(running.run());
    Eventually.isTrue("event 001", () -> heads().contains("001"));
    schedd.stop();
    schedd.start();

    FakeStartd startd = schedd.startd("ws1@host");
    startd.resume(running.claim(), SLOT, Optional.of(running.run()));
    FakeShadow again = shadow(List.of(running.run()));

    assertThat(startd.next("Granted", ClaimResponse::hasGranted).getGranted().getClaimSecret())
        .isEqualTo(running.claim());
    again.executing(running.run());
    again.ended(running.run(), RunEnded.Outcome.OUTCOME_EXITED, EXIT_3);
    again.next("Settled", AttachResponse::hasSettled);
    startd.runGone(running.run());
    startd.next("Release", ClaimResponse::hasRelease);
    Eventually.isTrue("log", () -> heads().equals(List.of("000", "001", "005")));
    assertThat(schedd.query(true, "" + cluster)).hasSize(1);
  }

  @Test
  void anAdmissionThatTheCrashCutOffIsMadeUpFor() throws Exception {
    schedd.submit("cut", 1, "job.log");
    FakeShadow shadow = shadow(List.of());
    FakeStartd startd = claim(schedd.matchmaker.nextDemand(1));
    ByteString claim =
        startd.next("Granted", ClaimResponse::hasGranted).getGranted().getClaimSecret();
    AttachResponse before = shadow.next("Admit", AttachResponse::hasAdmit);
    schedd.stop();
    schedd.start();

    FakeStartd again = schedd.startd("ws1@host");
    again.resume(claim, SLOT, Optional.empty());
    again.next("Granted", ClaimResponse::hasGranted);
    FakeShadow shadowAgain = shadow(List.of());

    assertThat(admit(shadowAgain, again)).isEqualTo(before.getAdmit().getRun());
  }

  @Test
  void aClaimTakesTheNextJobWhileTheEndOfTheLastIsStillToBeTold() throws Exception {
    schedd.submit("next", 2, "job.log");
    FakeShadow shadow = shadow(List.of());
    Running first = run(shadow, schedd.matchmaker.nextDemand(2));

    first.startd().runGone(first.run());
    RunId second = shadow.next("Admit", AttachResponse::hasAdmit).getAdmit().getRun();
    shadow.ended(first.run(), RunEnded.Outcome.OUTCOME_EXITED, EXIT_3);
    shadow.next("Settled", AttachResponse::hasSettled);
    shadow.admitted(second);

    assertThat(first.startd().next("Activate", ClaimResponse::hasActivate).getActivate().getRun())
        .isEqualTo(second);
  }

  @Test
  void aRunThatTheUserMustMendIsHeldAndFreesItsClaim() throws Exception {
    int cluster = schedd.submit("held", 1, "job.log");
    FakeShadow shadow = shadow(List.of());
    FakeStartd startd = claim(schedd.matchmaker.nextDemand(1));
    RunId run = shadow.next("Admit", AttachResponse::hasAdmit).getAdmit().getRun();

    shadow.admitFailed(run, 13, 2, "no such input");

    startd.next("Release", ClaimResponse::hasRelease);
    ClassAd ad = schedd.query(false, "" + cluster).getFirst();
    assertThat(ad.integer("JobStatus")).hasValue(5);
    assertThat(ad.integer("HoldReasonCode")).hasValue(13);
    assertThat(ad.string("HoldReason")).hasValue("no such input");
  }

  @Test
  void removingARunningJobClosesTheRunFirst() throws Exception {
    int cluster = schedd.submit("rm", 1, "job.log");
    FakeShadow shadow = shadow(List.of());
    Running running = run(shadow, schedd.matchmaker.nextDemand(1));
    shadow.executing(running.run());

    List<ClassAd> answer = act("Remove", "" + cluster);

    assertThat(answer.getFirst().string("Text"))
        .hasValue("Job " + cluster + ".0 marked for removal");
    assertThat(schedd.status("" + cluster)).isEqualTo(3);
    shadow.next("CloseRun", AttachResponse::hasCloseRun);
    running.startd().next("Deactivate", ClaimResponse::hasDeactivate);
    shadow.ended(running.run(), RunEnded.Outcome.OUTCOME_CLOSED, ClassAd.empty());
    shadow.next("Settled", AttachResponse::hasSettled);
    running.startd().runGone(running.run());
    running.startd().next("Release", ClaimResponse::hasRelease);
    Eventually.isTrue("log", () -> heads().equals(List.of("000", "001", "004", "009")));
    assertThat(schedd.query(true, "" + cluster).getFirst().integer("JobStatus")).hasValue(3);
  }

  @Test
  void aSlotThatIsTakenBackGetsNoFurtherRun() throws Exception {
    int cluster = schedd.submit("owner", 2, "job.log");
    FakeShadow shadow = shadow(List.of());
    Running running = run(shadow, schedd.matchmaker.nextDemand(2));
    shadow.executing(running.run());
    shadow.ended(running.run(), RunEnded.Outcome.OUTCOME_CLOSED, ClassAd.empty());
    shadow.next("Settled", AttachResponse::hasSettled);

    running.startd().runGoneForGood(running.run());

    running.startd().next("RunGoneAck", ClaimResponse::hasRunGoneAck);
    // Both wait for another slot.
    schedd.matchmaker.nextDemand(2);
    assertThat(schedd.query(false, "" + cluster))
        .allSatisfy(ad -> assertThat(ad.integer("JobStatus")).hasValue(1));
  }

  @Test
  void anEvictedJobRunsAgainWithTheNextNumber() throws Exception {
    int cluster = schedd.submit("evict", 1, "job.log");
    FakeShadow shadow = shadow(List.of());
    Running running = run(shadow, schedd.matchmaker.nextDemand(1));
    shadow.executing(running.run());

    running.startd().runGone(running.run());
    shadow.next("CloseRun", AttachResponse::hasCloseRun);
    shadow.ended(running.run(), RunEnded.Outcome.OUTCOME_CLOSED, ClassAd.empty());

    Running next = run(shadow, schedd.matchmaker.nextDemand(1));
    assertThat(next.run().getRun()).isEqualTo(2);
    assertThat(schedd.query(false, "" + cluster).getFirst().integer("RunGeneration")).hasValue(2);
  }

  @Test
  void eachOfManyEventsIsWrittenOnce() throws Exception {
    int cluster = schedd.submit("many", 5000, "job.log");
    shadow(List.of());

    act("Remove", "" + cluster);

    Eventually.isTrue("all written", () -> heads().size() >= 10_000);
    assertThat(heads().stream().filter("000"::equals)).hasSize(5000);
    assertThat(heads().stream().filter("009"::equals)).hasSize(5000);
  }

  @Test
  void aHeldJobWaitsForItsRelease() throws Exception {
    int cluster = schedd.submit("hold", 1, "job.log");
    assertThat(act("Hold", cluster + ".0").getFirst().string("Text"))
        .hasValue("Job " + cluster + ".0 held");
    assertThat(act("Hold", cluster + ".0").getFirst().string("Text"))
        .hasValue("Job " + cluster + ".0 already held");
    assertThat(schedd.status("" + cluster)).isEqualTo(5);

    schedd.stop();
    schedd.start();

    assertThat(act("Release", cluster + ".0").getFirst().string("Text"))
        .hasValue("Job " + cluster + ".0 released");
    assertThat(act("Remove", "99").getFirst().string("Text"))
        .hasValue("Couldn't find/remove all jobs in cluster 99");
  }

  @Test
  void limitsAndBadRequestsAreRefused() {
    assertThatThrownBy(() -> schedd.submit("", 1, "job.log")).hasMessageContaining("RequestId");
    assertThatThrownBy(() -> schedd.submit("many", 100_001, "job.log"))
        .hasMessageContaining("MAX_JOBS_PER_SUBMISSION");
    assertThatThrownBy(() -> act("Remove", "x.y")).hasMessageContaining("CLUSTER.PROC");
    assertThatThrownBy(() -> schedd.ask(ClassAd.builder().put("Command", "Nothing").build()))
        .hasMessageContaining("Nothing");
  }

  private List<ClassAd> act(String verb, String id) throws Exception {
    return schedd.ask(ClassAd.builder().put("Command", verb).put("Ids", List.of(id)).build());
  }

  private static void tell(String sql) throws SQLException {
    try (Connection connection = postgres.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
