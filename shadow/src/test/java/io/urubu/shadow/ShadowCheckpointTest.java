package io.urubu.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.urubu.classad.ClassAd;
import io.urubu.protocol.AdCodec;
import io.urubu.protocol.id.JobId;
import io.urubu.protocol.id.RunRef;
import io.urubu.protocol.run.v1.CheckpointFile;
import io.urubu.protocol.run.v1.Failed;
import io.urubu.protocol.run.v1.Opened;
import io.urubu.protocol.run.v1.RunRequest;
import io.urubu.protocol.run.v1.RunResponse;
import io.urubu.protocol.run.v1.Vacated;
import io.urubu.protocol.shadow.v1.CheckpointPrepared;
import io.urubu.protocol.shadow.v1.RunEnded;
import io.urubu.protocol.shadow.v1.Shadow;
import io.urubu.protocol.wire.v1.Generation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints from the starter's upload to the schedd's record, and back to the next run. */
@Tag("module")
class ShadowCheckpointTest {
  private static final byte[] TICKET = new byte[32];
  private static final byte[] OTHER_TICKET =
      "another ticket of 32 bytes......".getBytes(StandardCharsets.US_ASCII);
  private static final RunRef FIRST = new RunRef(TestPool.SCHEDD, new JobId(41, 3), 1);
  private static final RunRef SECOND = new RunRef(TestPool.SCHEDD, new JobId(41, 3), 2);
  private static final byte[] SCRATCH = "the scratch directory\n".getBytes(StandardCharsets.UTF_8);
  private static final byte[] IMAGE = image(1);

  @TempDir Path home;

  private final TestPool pool = new TestPool();
  private final List<AutoCloseable> open = new ArrayList<>();
  private Path iwd;
  private FakeSchedd schedd;
  private TestShadow shadow;
  private FakeStarter starter;

  private static byte[] image(long seed) {
    byte[] image = new byte[3_000_000];
    new Random(seed).nextBytes(image);
    return image;
  }

  @BeforeEach
  void start() throws Exception {
    iwd = Files.createDirectories(home.resolve("iwd"));
    Files.writeString(iwd.resolve("run.sh"), "#!/bin/sh\nexit 0\n");
    var identity = pool.shadow(Duration.ofDays(1));
    schedd = new FakeSchedd(pool, TestShadow.addressFile(home), 600, () -> pool.renewed(identity));
    open.add(schedd);
    restart();
  }

  private void restart() throws Exception {
    if (shadow != null) {
      shadow.close();
    }
    shadow = TestShadow.start(home, pool.shadow(Duration.ofDays(1)));
    open.add(shadow);
    Shadow attached = schedd.awaitShadow();
    starter = new FakeStarter(attached.getEndpoint(), pool.starter(TestPool.USER));
    open.add(starter);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  private ClassAd job() {
    return ClassAd.builder()
        .put("Iwd", iwd.toString())
        .put("Cmd", "run.sh")
        .put("Out", "job.out")
        .put("Err", "job.err")
        .build();
  }

  private FakeStarter.Stream admitAndOpen(RunRef run, byte[] ticket, Generation... committed)
      throws Exception {
    schedd.admit(run, job(), ticket, 60, List.of(committed));
    schedd.awaitAdmitted(run);
    return starter.open(run, ticket, false);
  }

  private FakeStarter.Stream first() throws Exception {
    FakeStarter.Stream stream = admitAndOpen(FIRST, TICKET);
    assertThat(stream.awaitOpened().hasRestore()).isFalse();
    return stream;
  }

  private static CheckpointFile[] files(byte[] image) {
    return new CheckpointFile[] {
      FakeStarter.part("scratch.tar", SCRATCH), FakeStarter.part("ckpt_job é.dmtcp", image)
    };
  }

  private void store(RunRef run, byte[] ticket, int number, byte[] image) throws Exception {
    starter.store(run, ticket, number, "scratch.tar", SCRATCH);
    starter.store(run, ticket, number, "ckpt_job é.dmtcp", image);
  }

  /** One checkpoint of the first run, recorded as the only one. */
  private Generation commit(FakeStarter.Stream stream, int number, Integer... kept)
      throws Exception {
    store(FIRST, TICKET, number, IMAGE);
    stream.taken(number, files(IMAGE));
    Generation prepared = schedd.awaitPrepared(FIRST);
    schedd.recorded(FIRST, prepared.getNumber(), kept);
    assertThat(stream.awaitCommitted().getGeneration()).isEqualTo(prepared.getNumber());
    return prepared;
  }

  private void vacate(FakeStarter.Stream stream) throws Exception {
    stream.send(
        RunRequest.newBuilder()
            .setVacated(
                Vacated.newBuilder()
                    .setReason("the owner is back")
                    .setCode("OwnerReturned")
                    .setCheckpointed(true))
            .build());
    stream.await(RunResponse.MessageCase.FINISHED);
  }

  private Path jobFolder() {
    return home.resolve("spool/shadow/alice/checkpoints/" + TestPool.SCHEDD + "/41.3");
  }

  private List<String> stored() throws IOException {
    if (!Files.exists(jobFolder())) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(jobFolder())) {
      return entries.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private void awaitStored(String... names) throws Exception {
    long deadline = System.nanoTime() + Waiting.LIMIT.toNanos();
    while (!stored().equals(List.of(names)) && deadline - System.nanoTime() > 0) {
      Thread.sleep(10);
    }
    assertThat(stored()).containsExactly(names);
  }

  private static void assertRefused(Storing store, Status.Code code) {
    assertThatThrownBy(store::run)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class, e -> assertThat(e.getStatus().getCode()).isEqualTo(code));
  }

  private interface Storing {
    void run() throws Exception;
  }

  @Test
  void checkpointIsStoredRecordedAndGivenToTheNextRun() throws Exception {
    FakeStarter.Stream stream = first();
    store(FIRST, TICKET, 1, IMAGE);
    stream.taken(1, files(IMAGE));

    CheckpointPrepared prepared =
        schedd
            .heard()
            .take(
                request ->
                    request.hasCheckpointPrepared()
                        ? Optional.of(request.getCheckpointPrepared())
                        : Optional.empty());
    Generation generation = prepared.getGeneration();
    assertThat(generation.getNumber()).isEqualTo(1);
    assertThat(generation.getRun()).isEqualTo(1);
    assertThat(generation.getBackend()).isEqualTo("dmtcp");
    assertThat(generation.getPlatform()).isEqualTo("x86_64 glibc-2.36");
    assertThat(generation.getBytes()).isEqualTo(SCRATCH.length + IMAGE.length);
    ClassAd ad = AdCodec.fromProto(prepared.getAd());
    assertThat(ad.string("CheckpointSeconds")).isEmpty();
    assertThat(ad.toString()).contains("CheckpointSeconds = 1.25", "RemoteUserCpu = 7.5");
    assertThat(stream.heard().all()).noneMatch(RunResponse::hasCheckpointCommitted);

    schedd.recorded(FIRST, 1, 1);

    assertThat(stream.awaitCommitted().getNumber()).isEqualTo(1);
    vacate(stream);
    RunEnded ended = schedd.awaitEnded(FIRST);
    assertThat(AdCodec.fromProto(ended.getAd()).string("VacateCode")).hasValue("OwnerReturned");
    assertThat(AdCodec.fromProto(ended.getAd()).bool("Checkpointed")).hasValue(true);
    schedd.settled(FIRST);
    restart();
    Opened opened = admitAndOpen(SECOND, OTHER_TICKET, generation).awaitOpened();
    assertThat(opened.getRestore().getGeneration()).isEqualTo(1);
    assertThat(opened.getRestore().getBackend()).isEqualTo("dmtcp");
    assertThat(opened.getRestore().getPlatform()).isEqualTo("x86_64 glibc-2.36");
    assertThat(opened.getRestore().getFilesList()).containsExactly(files(IMAGE));
    assertThat(starter.fetch(SECOND, OTHER_TICKET, 1, 0, 0)).isEqualTo(SCRATCH);
    assertThat(starter.fetch(SECOND, OTHER_TICKET, 1, 1, 0)).isEqualTo(IMAGE);
    assertThat(starter.fetch(SECOND, OTHER_TICKET, 1, 0, 4))
        .isEqualTo("scratch directory\n".getBytes(StandardCharsets.UTF_8));
    assertRefused(() -> starter.fetch(SECOND, OTHER_TICKET, 2, 0, 0), Status.Code.INVALID_ARGUMENT);
    assertRefused(() -> starter.fetch(SECOND, OTHER_TICKET, 1, 2, 0), Status.Code.INVALID_ARGUMENT);
    assertRefused(() -> starter.fetch(SECOND, TICKET, 1, 0, 0), Status.Code.PERMISSION_DENIED);
  }

  @Test
  void twoAreKeptAndNumbersGrow() throws Exception {
    FakeStarter.Stream stream = first();
    commit(stream, 1, 1);
    commit(stream, 2, 2, 1);
    commit(stream, 3, 3, 2);

    awaitStored("g2", "g3");
    assertThat(shadow.daemon().status().integer("Generations")).hasValue(2);
  }

  @Test
  void refusedCheckpointIsDeletedAndItsNumberNotGivenAgain() throws Exception {
    FakeStarter.Stream stream = first();
    commit(stream, 1, 1);
    store(FIRST, TICKET, 2, IMAGE);
    stream.taken(2, files(IMAGE));
    schedd.awaitPrepared(FIRST);

    schedd.notRecorded(FIRST, 2, "the job was removed");

    assertThat(stream.awaitRefused().getReason()).isEqualTo("the job was removed");
    awaitStored("g1", "last-2");
    restart();
    stream = starter.open(FIRST, TICKET, true);
    stream.awaitOpened();
    assertThat(commit(stream, 3, 3, 1).getNumber()).isEqualTo(3);
  }

  @Test
  void whatDoesNotAgreeWithTheListIsRefusedAndTheRunGoesOn() throws Exception {
    FakeStarter.Stream stream = first();
    store(FIRST, TICKET, 1, IMAGE);
    stream.taken(1, files(image(2)));
    assertThat(stream.awaitRefused().getReason()).contains("ckpt_job", "SHA-256");
    stream.taken(7, files(IMAGE));
    assertThat(stream.awaitRefused().getReason()).contains("no file of it was stored here");
    starter.store(FIRST, TICKET, 8, "scratch.tar", SCRATCH);
    stream.taken(8, files(IMAGE));
    assertThat(stream.awaitRefused().getReason()).contains("was never stored here whole");
    for (String name : List.of("..", ".", "", "a/b", "/etc/passwd", "a\nb", "x".repeat(256))) {
      assertRefused(
          () -> starter.store(FIRST, TICKET, 9, name, SCRATCH), Status.Code.INVALID_ARGUMENT);
    }
    assertRefused(
        () -> starter.store(FIRST, TICKET, -1, "scratch.tar", SCRATCH),
        Status.Code.INVALID_ARGUMENT);

    assertThat(commit(stream, 10, 1).getNumber()).isEqualTo(1);
    awaitStored("g1");
  }

  @Test
  void preparedIsOfferedAgainAfterRestartAndAnsweredWhenTheStarterComesBack() throws Exception {
    FakeStarter.Stream stream = first();
    store(FIRST, TICKET, 1, IMAGE);
    stream.taken(1, files(IMAGE));
    Generation prepared = schedd.awaitPrepared(FIRST);
    schedd.hangUp();
    schedd.awaitShadow();
    assertThat(schedd.awaitPrepared(FIRST)).isEqualTo(prepared);

    restart();

    assertThat(schedd.awaitPrepared(FIRST)).isEqualTo(prepared);
    FakeStarter.Stream back = starter.open(FIRST, TICKET, true);
    assertThat(back.awaitOpened().hasRestore()).isFalse();
    back.taken(1, files(IMAGE));
    schedd.recorded(FIRST, 1, 1);
    assertThat(back.awaitCommitted().getGeneration()).isEqualTo(1);
    back.taken(1, files(IMAGE));
    assertThat(back.awaitCommitted().getGeneration()).isEqualTo(1);
    restart();
    FakeStarter.Stream again = starter.open(FIRST, TICKET, true);
    again.awaitOpened();
    store(FIRST, TICKET, 1, IMAGE);
    again.taken(1, files(IMAGE));
    assertThat(again.awaitCommitted().getGeneration()).isEqualTo(1);
    awaitStored("g1");
  }

  @Test
  void preparedOfARunThatEndedIsStillOffered() throws Exception {
    FakeStarter.Stream stream = first();
    store(FIRST, TICKET, 1, IMAGE);
    stream.taken(1, files(IMAGE));
    Generation prepared = schedd.awaitPrepared(FIRST);
    schedd.closeRun(FIRST, "held");
    schedd.awaitEnded(FIRST);
    schedd.settled(FIRST);
    schedd.hangUp();
    schedd.awaitShadow();
    assertThat(schedd.awaitPrepared(FIRST)).isEqualTo(prepared);
    restart();
    assertThat(schedd.awaitPrepared(FIRST)).isEqualTo(prepared);

    schedd.recorded(FIRST, 1, 1);

    Opened opened = admitAndOpen(SECOND, OTHER_TICKET, prepared).awaitOpened();
    assertThat(opened.getRestore().getGeneration()).isEqualTo(1);
    schedd.hangUp();
    schedd.awaitShadow();
    assertThat(schedd.heard().all()).noneMatch(request -> request.hasCheckpointPrepared());
  }

  @Test
  void closedRunStoresAndPreparesNothing() throws Exception {
    FakeStarter.Stream stream = first();
    store(FIRST, TICKET, 1, IMAGE);
    FakeStarter.Store half = starter.beginStore(FIRST, TICKET, 2, "scratch.tar");
    half.data(new byte[100_000]);

    schedd.admit(SECOND, job(), OTHER_TICKET, 60);

    schedd.awaitAdmitted(SECOND);
    stream.taken(1, files(IMAGE));
    assertRefused(half::await, Status.Code.PERMISSION_DENIED);
    assertRefused(
        () -> starter.store(FIRST, TICKET, 1, "scratch.tar", SCRATCH),
        Status.Code.PERMISSION_DENIED);
    stream.awaitEnd();
    awaitStored();
    assertThat(schedd.heard().all()).noneMatch(request -> request.hasCheckpointPrepared());
  }

  @Test
  void generationsGoWithTheJob() throws Exception {
    FakeStarter.Stream stream = first();
    commit(stream, 1, 1);
    vacate(stream);
    schedd.awaitEnded(FIRST);
    schedd.settled(FIRST);
    awaitStored("g1");

    schedd.settled(FIRST, true);

    awaitStored();
    assertThat(jobFolder()).doesNotExist();
  }

  @Test
  void exitSettledWithTheJobsEndRemovesEverything() throws Exception {
    FakeStarter.Stream stream = first();
    commit(stream, 1, 1);
    stream.exited(ClassAd.empty(), List.of());
    schedd.awaitEnded(FIRST);
    awaitStored("g1");

    schedd.settled(FIRST, true);

    awaitStored();
    assertThat(jobFolder()).doesNotExist();
  }

  @Test
  void damagedGenerationEndsTheRunAndTheOneBeforeIsTaken() throws Exception {
    FakeStarter.Stream stream = first();
    Generation older = commit(stream, 1, 1);
    Generation newer = commit(stream, 2, 2, 1);
    vacate(stream);
    schedd.awaitEnded(FIRST);
    schedd.settled(FIRST);
    Path recipe = jobFolder().resolve("g2/recipe");
    Files.writeString(recipe, Files.readString(recipe).replace("cut 1", "cut 2"));

    FakeStarter.Stream failing = admitAndOpen(SECOND, OTHER_TICKET, newer, older);

    RunEnded ended = schedd.awaitEnded(SECOND);
    assertThat(ended.getOutcome()).isEqualTo(RunEnded.Outcome.OUTCOME_MACHINE_FAILED);
    ClassAd ad = AdCodec.fromProto(ended.getAd());
    assertThat(ad.integer("FailedGeneration")).hasValue(2);
    assertThat(ad.bool("Damaged")).hasValue(true);
    assertThat(ad.string("Reason").orElseThrow())
        .contains("checkpoint 2 of job 41.3 is damaged", "g2", "the queue recorded");
    failing.await(RunResponse.MessageCase.CLOSED);
    schedd.settled(SECOND);
    RunRef third = new RunRef(TestPool.SCHEDD, new JobId(41, 3), 3);
    Opened opened = admitAndOpen(third, TICKET, older).awaitOpened();
    assertThat(opened.getRestore().getGeneration()).isEqualTo(1);
    awaitStored("g1", "last-2");
  }

  @Test
  void fileThatIsShorterThanItsRecipeSaysIsSeenBeforeTheRunBegins() throws Exception {
    FakeStarter.Stream stream = first();
    Generation generation = commit(stream, 1, 1);
    vacate(stream);
    schedd.awaitEnded(FIRST);
    schedd.settled(FIRST);
    Files.write(jobFolder().resolve("g1/file-1"), new byte[10]);

    admitAndOpen(SECOND, OTHER_TICKET, generation);

    assertThat(AdCodec.fromProto(schedd.awaitEnded(SECOND).getAd()).string("Reason").orElseThrow())
        .contains("has 10 bytes, its recipe says " + IMAGE.length);
  }

  @Test
  void fileThatVanishesWhileItIsFetchedEndsTheRun() throws Exception {
    FakeStarter.Stream stream = first();
    Generation generation = commit(stream, 1, 1);
    vacate(stream);
    schedd.awaitEnded(FIRST);
    admitAndOpen(SECOND, OTHER_TICKET, generation).awaitOpened();
    Files.delete(jobFolder().resolve("g1/file-1"));

    assertRefused(() -> starter.fetch(SECOND, OTHER_TICKET, 1, 1, 0), Status.Code.DATA_LOSS);

    ClassAd ad = AdCodec.fromProto(schedd.awaitEnded(SECOND).getAd());
    assertThat(ad.integer("FailedGeneration")).hasValue(1);
    assertThat(ad.bool("Damaged")).hasValue(true);
  }

  @Test
  void starterThatFetchesGoesOnAfterARestartOfTheShadow() throws Exception {
    FakeStarter.Stream stream = first();
    Generation generation = commit(stream, 1, 1);
    vacate(stream);
    schedd.awaitEnded(FIRST);
    admitAndOpen(SECOND, OTHER_TICKET, generation).awaitOpened();

    restart();

    starter.open(SECOND, OTHER_TICKET, true).awaitOpened();
    assertThat(starter.fetch(SECOND, OTHER_TICKET, 1, 1, 0)).isEqualTo(IMAGE);
  }

  /** Half of it comes, then the disk is full. */
  @Test
  void fullDiskRefusesTheCheckpointAndNothingElse() throws Exception {
    assumeTrue(isRoot(), "only root can mount a small disk");
    shadow.close();
    Path folder = home.resolve("spool/shadow/alice/checkpoints");
    run("mount", "-t", "tmpfs", "-o", "size=8m,mode=700", "tmpfs", folder.toString());
    open.add(() -> run("umount", "-l", folder.toString()));
    restart();
    FakeStarter.Stream stream = first();
    commit(stream, 1, 1);
    byte[] large = new byte[1_000_000];
    FakeStarter.Store store = starter.beginStore(FIRST, TICKET, 2, "ckpt_large.dmtcp");

    for (int i = 0; i < 8 && !store.isOver(); i++) {
      store.data(large);
    }

    assertThatThrownBy(store::await)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> {
              assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
              assertThat(e.getStatus().getDescription())
                  .contains(folder.toString(), "free some space");
            });
    assertThat(commit(stream, 3, 2, 1).getNumber()).isEqualTo(2);
    schedd.hangUp();
    assertThat(schedd.awaitShadow().getOpenRunsList()).containsExactly(FIRST.toProto());
    stream.exited(ClassAd.empty(), List.of());
    stream.await(RunResponse.MessageCase.FINISHED);
    awaitStored("g1", "g2");
  }

  private static boolean isRoot() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void failedRestartIsPassedOn() throws Exception {
    FakeStarter.Stream stream = first();

    stream.send(
        RunRequest.newBuilder()
            .setFailed(Failed.newBuilder().setReason("dmtcp_restart hangs").setFailedGeneration(4))
            .build());

    RunEnded ended = schedd.awaitEnded(FIRST);
    assertThat(ended.getOutcome()).isEqualTo(RunEnded.Outcome.OUTCOME_MACHINE_FAILED);
    ClassAd ad = AdCodec.fromProto(ended.getAd());
    assertThat(ad.integer("FailedGeneration")).hasValue(4);
    assertThat(ad.bool("Damaged")).hasValue(false);
  }
}
