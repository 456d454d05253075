package io.urubu.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.urubu.classad.ClassAd;
import io.urubu.protocol.AdCodec;
import io.urubu.protocol.id.JobId;
import io.urubu.protocol.id.RunRef;
import io.urubu.protocol.run.v1.CheckpointFailed;
import io.urubu.protocol.run.v1.Continued;
import io.urubu.protocol.run.v1.Executing;
import io.urubu.protocol.run.v1.InputFile;
import io.urubu.protocol.run.v1.Opened;
import io.urubu.protocol.run.v1.RunRequest;
import io.urubu.protocol.run.v1.RunResponse;
import io.urubu.protocol.run.v1.Suspended;
import io.urubu.protocol.shadow.v1.AttachRequest;
import io.urubu.protocol.shadow.v1.RunEnded;
import io.urubu.protocol.shadow.v1.RunNews;
import io.urubu.protocol.shadow.v1.Shadow;
import io.urubu.protocol.wire.v1.Heartbeat;
import io.urubu.shadow.runs.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("module")
class ShadowDaemonTest {
  private static final byte[] TICKET = new byte[32];
  private static final byte[] OTHER_TICKET =
      "another ticket of 32 bytes......".getBytes(StandardCharsets.US_ASCII);
  private static final RunRef FIRST = new RunRef(TestPool.SCHEDD, new JobId(41, 3), 1);
  private static final RunRef SECOND = new RunRef(TestPool.SCHEDD, new JobId(41, 3), 2);
  private static final byte[] OUTPUT = bytes("what the job says\n");
  private static final byte[] ERRORS = bytes("what it complains of\n");

  @TempDir Path home;

  private final TestPool pool = new TestPool();
  private final List<AutoCloseable> open = new ArrayList<>();
  private Path iwd;
  private FakeSchedd schedd;
  private TestShadow shadow;
  private FakeStarter starter;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @BeforeEach
  void start() throws Exception {
    iwd = Files.createDirectories(home.resolve("iwd"));
    Files.writeString(iwd.resolve("run.sh"), "#!/bin/sh\nexit 0\n");
    var identity = pool.shadow(Duration.ofDays(1));
    schedd = new FakeSchedd(pool, TestShadow.addressFile(home), 600, () -> pool.renewed(identity));
    open.add(schedd);
    shadow = startShadow();
    starter = dial(schedd.awaitShadow());
  }

  private TestShadow startShadow() throws Exception {
    TestShadow started = TestShadow.start(home, pool.shadow(Duration.ofDays(1)));
    open.add(started);
    return started;
  }

  private FakeStarter dial(Shadow attached) {
    FakeStarter dialled = new FakeStarter(attached.getEndpoint(), pool.starter(TestPool.USER));
    open.add(dialled);
    return dialled;
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  private ClassAd.Builder job() {
    return ClassAd.builder()
        .put("Iwd", iwd.toString())
        .put("Cmd", "run.sh")
        .put("Out", "job.out")
        .put("Err", "job.err")
        .put("UserLog", iwd.resolve("job.log").toString());
  }

  private FakeStarter.Stream admitAndOpen(RunRef run, ClassAd job) throws Exception {
    schedd.admit(run, job, TICKET, 60);
    schedd.awaitAdmitted(run);
    FakeStarter.Stream stream = starter.open(run, TICKET, false);
    stream.awaitOpened();
    return stream;
  }

  private List<String> leftovers() throws Exception {
    try (Stream<Path> files = Files.walk(iwd)) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith(".urubu-"))
          .toList();
    }
  }

  private static void assertRefused(ThrowingStore store, Status.Code code) {
    assertThatThrownBy(store::run)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class, e -> assertThat(e.getStatus().getCode()).isEqualTo(code));
  }

  private interface ThrowingStore {
    void run() throws Exception;
  }

  @Test
  void runGoesFromAdmissionToSettledExit() throws Exception {
    Files.createDirectories(iwd.resolve("data/deep"));
    Files.writeString(iwd.resolve("data/deep/table"), "1 2 3\n");
    schedd.admit(FIRST, job().put("TransferInput", "data").build(), TICKET, 60);
    schedd.awaitAdmitted(FIRST);
    FakeStarter.Stream stream = starter.open(FIRST, TICKET, false);
    Opened opened = stream.awaitOpened();

    assertThat(opened.getLeaseSeconds()).isEqualTo(60);
    assertThat(opened.getInputsList())
        .extracting(InputFile::getPath)
        .containsExactly("data", "data/deep", "data/deep/table", "condor_exec.exe");
    assertThat(starter.fetch(FIRST, TICKET, 2, 0)).isEqualTo(bytes("1 2 3\n"));
    assertThat(starter.fetch(FIRST, TICKET, 2, 4)).isEqualTo(bytes("3\n"));

    stream.send(executing());
    schedd.awaitNews(FIRST, RunNews.Kind.KIND_EXECUTING);
    starter.store(FIRST, TICKET, "_condor_stdout", OUTPUT);
    starter.store(FIRST, TICKET, "_condor_stderr", ERRORS);
    starter.store(FIRST, TICKET, "result.dat", bytes("42"));
    assertThat(iwd.resolve("job.out")).doesNotExist();
    stream.exited(
        ClassAd.builder().put("ExitBySignal", false).put("ExitCode", 3).build(),
        List.of(
            FakeStarter.named("_condor_stdout", OUTPUT),
            FakeStarter.named("_condor_stderr", ERRORS),
            FakeStarter.named("result.dat", bytes("42"))));

    stream.await(RunResponse.MessageCase.FINISHED);
    assertExitedAndPublished(schedd.awaitEnded(FIRST));
    schedd.hangUp();
    schedd.awaitShadow();
    assertThat(schedd.awaitEnded(FIRST).getOutcome()).isEqualTo(RunEnded.Outcome.OUTCOME_EXITED);
    schedd.settled(FIRST);
    schedd.closeRun(FIRST, "too late");
    assertThat(schedd.awaitEnded(FIRST).getOutcome()).isEqualTo(RunEnded.Outcome.OUTCOME_CLOSED);
  }

  private static RunRequest executing() {
    return RunRequest.newBuilder()
        .setExecuting(
            Executing.newBuilder()
                .setAd(AdCodec.toProto(ClassAd.builder().put("SlotName", "slot1").build())))
        .build();
  }

  private void assertExitedAndPublished(RunEnded ended) throws Exception {
    assertThat(ended.getOutcome()).isEqualTo(RunEnded.Outcome.OUTCOME_EXITED);
    assertThat(AdCodec.fromProto(ended.getAd()).integer("ExitCode")).hasValue(3);
    assertThat(AdCodec.fromProto(ended.getAd()).integer("BytesSent"))
        .hasValue(OUTPUT.length + ERRORS.length + 2L);
    assertThat(iwd.resolve("job.out")).hasBinaryContent(OUTPUT);
    assertThat(iwd.resolve("job.err")).hasBinaryContent(ERRORS);
    assertThat(iwd.resolve("result.dat")).hasContent("42");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void laterRunFencesTheEarlier() throws Exception {
    FakeStarter.Stream old = admitAndOpen(FIRST, job().build());
    starter.store(FIRST, TICKET, "_condor_stdout", OUTPUT);
    FakeStarter.Store half = starter.beginStore(FIRST, TICKET, "big.dat");
    half.data(new byte[100_000]);

    schedd.admit(SECOND, job().build(), OTHER_TICKET, 60);

    schedd.awaitAdmitted(SECOND);
    old.await(RunResponse.MessageCase.CLOSED);
    assertRefused(half::await, Status.Code.PERMISSION_DENIED);
    assertRefused(
        () -> starter.store(FIRST, TICKET, "_condor_stdout", ERRORS),
        Status.Code.PERMISSION_DENIED);
    assertRefused(() -> starter.fetch(FIRST, TICKET, 0, 0), Status.Code.PERMISSION_DENIED);
    assertThat(leftovers()).isEmpty();
    FakeStarter.Stream again = starter.open(FIRST, TICKET, true);
    again.await(RunResponse.MessageCase.REFUSED);
    FakeStarter.Stream wrong = starter.open(SECOND, TICKET, true);
    wrong.await(RunResponse.MessageCase.REFUSED);
    starter.open(SECOND, OTHER_TICKET, false).awaitOpened();
  }

  @Test
  void durableExitWinsOverLaterRun() throws Exception {
    FakeStarter.Stream stream = admitAndOpen(FIRST, job().build());
    starter.store(FIRST, TICKET, "_condor_stdout", OUTPUT);
    stream.exited(ClassAd.empty(), List.of(FakeStarter.named("_condor_stdout", OUTPUT)));
    schedd.awaitEnded(FIRST);

    schedd.admit(SECOND, job().build(), OTHER_TICKET, 60);

    assertThat(schedd.awaitEnded(FIRST).getOutcome()).isEqualTo(RunEnded.Outcome.OUTCOME_EXITED);
    schedd.closeRun(FIRST, "removed");
    assertThat(schedd.awaitEnded(FIRST).getOutcome()).isEqualTo(RunEnded.Outcome.OUTCOME_EXITED);
  }

  @Test
  void closedRunLosesItsRightsAtOnce() throws Exception {
    FakeStarter.Stream stream = admitAndOpen(FIRST, job().build());

    schedd.closeRun(FIRST, "removed by alice");

    assertThat(schedd.awaitEnded(FIRST).getOutcome()).isEqualTo(RunEnded.Outcome.OUTCOME_CLOSED);
    assertThat(stream.await(RunResponse.MessageCase.CLOSED).getClosed().getReason())
        .isEqualTo("removed by alice");
    assertRefused(
        () -> starter.store(FIRST, TICKET, "_condor_stdout", OUTPUT),
        Status.Code.PERMISSION_DENIED);
  }

  @Test
  void hostileNamesAndContentAreRefused() throws Exception {
    Files.writeString(iwd.resolve("job.log"), "000 (041.003.000)\n");
    FakeStarter.Stream stream =
        admitAndOpen(FIRST, job().put("TransferOutput", "results, table.csv").build());

    for (String name :
        List.of(
            "../escape",
            "/etc/passwd",
            "",
            "results/../../x",
            "results//x",
            "./table.csv",
            "other.dat",
            "results/.urubu-41.3-2-x",
            "condor_exec.exe",
            "_condor_stdin",
            "table.csv/",
            "a\nb",
            "resultsx")) {
      assertRefused(() -> starter.store(FIRST, TICKET, name, OUTPUT), Status.Code.INVALID_ARGUMENT);
    }
    FakeStarter.Store lie = starter.beginStore(FIRST, TICKET, "table.csv");
    lie.data(OUTPUT);
    lie.end(OUTPUT.length, Sha256.hash(ERRORS));
    assertRefused(lie::await, Status.Code.INVALID_ARGUMENT);
    assertRefused(
        () -> starter.store(FIRST, OTHER_TICKET, "table.csv", OUTPUT),
        Status.Code.PERMISSION_DENIED);
    assertRefused(() -> starter.fetch(FIRST, TICKET, 7, 0), Status.Code.INVALID_ARGUMENT);

    stream.exited(ClassAd.empty(), List.of(FakeStarter.named("table.csv", OUTPUT)));
    assertThat(schedd.awaitEnded(FIRST).getOutcome())
        .isEqualTo(RunEnded.Outcome.OUTCOME_MACHINE_FAILED);
    assertThat(leftovers()).isEmpty();
    assertThat(iwd.resolve("table.csv")).doesNotExist();
  }

  @Test
  void othersStartersAreTurnedAway() throws Exception {
    schedd.admit(FIRST, job().build(), TICKET, 60);
    schedd.awaitAdmitted(FIRST);
    schedd.hangUp();
    Shadow attached = schedd.awaitShadow();
    assertThat(attached.getOpenRunsList()).containsExactly(FIRST.toProto());
    try (FakeStarter mallory =
        new FakeStarter(attached.getEndpoint(), pool.starter("mallory@test"))) {

      FakeStarter.Stream stream = mallory.open(FIRST, TICKET, false);

      stream.awaitEnd();
      assertThat(stream.heard().all()).noneMatch(RunResponse::hasOpened);
      assertRefused(() -> mallory.fetch(FIRST, TICKET, 0, 0), Status.Code.PERMISSION_DENIED);
    }
  }

  @Test
  void missingInputHoldsTheJob() throws Exception {
    schedd.admit(FIRST, job().put("TransferInput", "nowhere.dat").build(), TICKET, 60);
    assertThat(awaitAdmitFailed().getAdmitFailed())
        .satisfies(
            failed -> {
              assertThat(failed.getHoldCode()).isEqualTo(13);
              assertThat(failed.getReason()).contains("nowhere.dat", "does not exist");
            });

    schedd.admit(FIRST, job().put("Cmd", "gone.sh").build(), TICKET, 60);
    assertThat(awaitAdmitFailed().getAdmitFailed().getHoldCode()).isEqualTo(6);

    schedd.admit(FIRST, job().put("Iwd", home + "/away").build(), TICKET, 60);
    assertThat(awaitAdmitFailed().getAdmitFailed().getHoldCode()).isEqualTo(14);
  }

  private AttachRequest awaitAdmitFailed() throws InterruptedException {
    return schedd
        .heard()
        .take(request -> request.hasAdmitFailed() ? Optional.of(request) : Optional.empty());
  }

  @Test
  void silentStarterLosesTheRunWhenTheLeaseIsOver() throws Exception {
    FakeStarter.Stream stream = admitAndOpen(FIRST, job().build());
    stream.send(RunRequest.newBuilder().setHeartbeat(Heartbeat.newBuilder().setNumber(1)).build());
    stream.await(RunResponse.MessageCase.HEARTBEAT_ACK);
    stream.cut();
    schedd.awaitNews(FIRST, RunNews.Kind.KIND_DISCONNECTED);
    FakeStarter.Stream back = starter.open(FIRST, TICKET, true);
    back.awaitOpened();
    schedd.awaitNews(FIRST, RunNews.Kind.KIND_RECONNECTED);
    back.cut();
    schedd.awaitNews(FIRST, RunNews.Kind.KIND_DISCONNECTED);

    shadow.advanceSeconds(61);

    assertThat(schedd.awaitEnded(FIRST).getOutcome()).isEqualTo(RunEnded.Outcome.OUTCOME_LOST);
  }

  @Test
  void suspensionIsPassedOnAndSaidAgainOnANewStream() throws Exception {
    FakeStarter.Stream stream = admitAndOpen(FIRST, job().build());
    stream.send(
        RunRequest.newBuilder()
            .setSuspended(Suspended.newBuilder().setReason("the owner types").setProcesses(3))
            .build());
    ClassAd ad = schedd.awaitNews(FIRST, RunNews.Kind.KIND_SUSPENDED);
    assertThat(ad.integer("NumPids")).hasValue(3);
    assertThat(ad.string("Reason")).hasValue("the owner types");
    schedd.hangUp();
    schedd.awaitShadow();
    schedd.awaitNews(FIRST, RunNews.Kind.KIND_SUSPENDED);

    stream.send(RunRequest.newBuilder().setContinued(Continued.getDefaultInstance()).build());

    schedd.awaitNews(FIRST, RunNews.Kind.KIND_CONTINUED);
    schedd.hangUp();
    schedd.awaitShadow();
    schedd.awaitNews(FIRST, RunNews.Kind.KIND_CONTINUED);
    stream.send(
        RunRequest.newBuilder()
            .setCheckpointFailed(CheckpointFailed.newBuilder().setReason("the disk is full"))
            .build());
    assertThat(schedd.awaitNews(FIRST, RunNews.Kind.KIND_CHECKPOINT_FAILED).string("Reason"))
        .hasValue("the disk is full");
  }

  @Test
  void unheardScheddEndsEverything() throws Exception {
    schedd.admit(FIRST, job().build(), TICKET, 6000);
    schedd.awaitAdmitted(FIRST);
    schedd.answersNoHeartbeats();

    shadow.advanceSeconds(601);

    assertThat(shadow.stopped().await(20, TimeUnit.SECONDS)).isTrue();
    shadow.close();
    try (TestShadow _ = TestShadow.start(home, pool.shadow(Duration.ofDays(1)))) {
      schedd.awaitShadow();
      assertThat(schedd.awaitEnded(FIRST).getOutcome()).isEqualTo(RunEnded.Outcome.OUTCOME_CLOSED);
    }
  }

  @Test
  void nextShadowTakesUpWhatTheLastLeft() throws Exception {
    FakeStarter.Stream stream = admitAndOpen(FIRST, job().build());
    starter.store(FIRST, TICKET, "_condor_stdout", OUTPUT);
    shadow.close();
    stream.awaitEnd();

    shadow = startShadow();
    starter = dial(schedd.awaitShadow());

    FakeStarter.Stream back = starter.open(FIRST, TICKET, true);
    back.awaitOpened();
    back.exited(ClassAd.empty(), List.of(FakeStarter.named("_condor_stdout", OUTPUT)));
    back.await(RunResponse.MessageCase.FINISHED);
    assertThat(schedd.awaitEnded(FIRST).getOutcome()).isEqualTo(RunEnded.Outcome.OUTCOME_EXITED);
    assertThat(iwd.resolve("job.out")).hasBinaryContent(OUTPUT);
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void secondShadowOnTheFolderDoesNotServe() {
    assertThatThrownBy(() -> TestShadow.start(home, pool.shadow(Duration.ofDays(1))))
        .hasMessageContaining("another shadow serves from this folder");
  }

  @Test
  void certificateIsRenewedAtHalfItsLife() throws Exception {
    shadow.close();
    // Half of its life is over when the first heartbeat goes out.
    var shortLived = pool.shadow(Duration.ofSeconds(4));
    try (FakeSchedd renewing =
            new FakeSchedd(
                pool, TestShadow.addressFile(home), 600, () -> pool.renewed(shortLived));
        TestShadow _ = TestShadow.start(home, shortLived)) {
      Shadow before = renewing.awaitShadow();

      Shadow after = renewing.awaitShadow();

      assertThat(after.getEndpoint().getAddress()).isEqualTo(before.getEndpoint().getAddress());
      assertThat(after.getEndpoint().getCertificateSha256())
          .isNotEqualTo(before.getEndpoint().getCertificateSha256());
      renewing.admit(FIRST, job().build(), TICKET, 60);
      renewing.awaitAdmitted(FIRST);
      try (FakeStarter late = new FakeStarter(after.getEndpoint(), pool.starter(TestPool.USER))) {
        late.open(FIRST, TICKET, false).awaitOpened();
      }
    }
  }

  @Test
  void retiredShadowStops() throws Exception {
    schedd.retire();

    assertThat(shadow.stopped().await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void eventsAreAppendedOnceAndAnswered() throws Exception {
    Path log = iwd.resolve("job.log");
    schedd.append(log, 1, -1, "000 (041.003.000) submitted\n...\n");
    long offset = awaitWritten(1);
    schedd.append(log, 1, -1, "000 (041.003.000) submitted\n...\n");
    assertThat(awaitWritten(1)).isEqualTo(offset);
    schedd.append(log, 2, offset, "001 (041.003.000) executing\n...\n");
    assertThat(awaitWritten(2)).isEqualTo(Files.size(log));

    assertThat(log)
        .hasContent("000 (041.003.000) submitted\n...\n001 (041.003.000) executing\n...\n");
    schedd.append(iwd.resolve("nowhere/job.log"), 1, -1, "000\n");
    schedd
        .heard()
        .take(request -> request.hasLogFailed() ? Optional.of(request) : Optional.empty());
  }

  private long awaitWritten(long sequence) throws InterruptedException {
    return schedd
        .heard()
        .take(
            request ->
                request.hasLogWritten() && request.getLogWritten().getSequence() == sequence
                    ? Optional.of(request.getLogWritten().getOffset())
                    : Optional.empty());
  }
}
