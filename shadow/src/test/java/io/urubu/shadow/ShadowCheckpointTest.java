package io.urubu.shadow;

import static io.urubu.shadow.CheckpointScene.FIRST;
import static io.urubu.shadow.CheckpointScene.IMAGE;
import static io.urubu.shadow.CheckpointScene.OTHER_TICKET;
import static io.urubu.shadow.CheckpointScene.SCRATCH;
import static io.urubu.shadow.CheckpointScene.SECOND;
import static io.urubu.shadow.CheckpointScene.TICKET;
import static io.urubu.shadow.CheckpointScene.assertRefused;
import static io.urubu.shadow.CheckpointScene.files;
import static io.urubu.shadow.CheckpointScene.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.urubu.classad.ClassAd;
import io.urubu.protocol.AdCodec;
import io.urubu.protocol.run.v1.Opened;
import io.urubu.protocol.run.v1.RunResponse;
import io.urubu.protocol.shadow.v1.CheckpointPrepared;
import io.urubu.protocol.shadow.v1.RunEnded;
import io.urubu.protocol.wire.v1.Generation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints from the starter's upload to the schedd's record. */
@Tag("module")
class ShadowCheckpointTest {
  @TempDir Path home;
  private CheckpointScene scene;

  @BeforeEach
  void start() throws Exception {
    scene = new CheckpointScene(home);
  }

  @AfterEach
  void stop() throws Exception {
    scene.end();
  }

  @Test
  void checkpointIsStoredRecordedAndGivenToTheNextRun() throws Exception {
    FakeStarter.Stream stream = scene.first();
    scene.store(FIRST, TICKET, 1, IMAGE);
    stream.taken(1, files(IMAGE));

    CheckpointPrepared prepared = awaitPrepared();
    Generation generation = prepared.getGeneration();
    assertIsTheFirst(generation);
    ClassAd ad = AdCodec.fromProto(prepared.getAd());
    assertThat(ad.toString()).contains("CheckpointSeconds = 1.25", "RemoteUserCpu = 7.5");
    assertThat(stream.heard().all()).noneMatch(RunResponse::hasCheckpointCommitted);

    scene.schedd().recorded(FIRST, 1, 1);

    assertThat(stream.awaitCommitted().getNumber()).isEqualTo(1);
    scene.vacate(stream);
    RunEnded ended = scene.schedd().awaitEnded(FIRST);
    assertThat(AdCodec.fromProto(ended.getAd()).string("VacateCode")).hasValue("OwnerReturned");
    assertThat(AdCodec.fromProto(ended.getAd()).bool("Checkpointed")).hasValue(true);
    scene.schedd().settled(FIRST);
    scene.restart();
    Opened opened = scene.admitAndOpen(SECOND, OTHER_TICKET, generation).awaitOpened();
    assertThat(opened.getRestore().getGeneration()).isEqualTo(1);
    assertThat(opened.getRestore().getBackend()).isEqualTo("dmtcp");
    assertThat(opened.getRestore().getPlatform()).isEqualTo("x86_64 glibc-2.36");
    assertThat(opened.getRestore().getFilesList()).containsExactly(files(IMAGE));
    assertThat(scene.starter().fetch(SECOND, OTHER_TICKET, 1, 0, 0)).isEqualTo(SCRATCH);
    assertThat(scene.starter().fetch(SECOND, OTHER_TICKET, 1, 1, 0)).isEqualTo(IMAGE);
    assertThat(scene.starter().fetch(SECOND, OTHER_TICKET, 1, 0, 4))
        .isEqualTo("scratch directory\n".getBytes(StandardCharsets.UTF_8));
    assertRefused(
        () -> scene.starter().fetch(SECOND, OTHER_TICKET, 2, 0, 0), Status.Code.INVALID_ARGUMENT);
    assertRefused(
        () -> scene.starter().fetch(SECOND, OTHER_TICKET, 1, 2, 0), Status.Code.INVALID_ARGUMENT);
    assertRefused(
        () -> scene.starter().fetch(SECOND, TICKET, 1, 0, 0), Status.Code.PERMISSION_DENIED);
  }

  private CheckpointPrepared awaitPrepared() throws InterruptedException {
    return scene
        .schedd()
        .heard()
        .take(
            request ->
                request.hasCheckpointPrepared()
                    ? Optional.of(request.getCheckpointPrepared())
                    : Optional.empty());
  }

  private static void assertIsTheFirst(Generation generation) {
    assertThat(generation.getNumber()).isEqualTo(1);
    assertThat(generation.getRun()).isEqualTo(1);
    assertThat(generation.getBackend()).isEqualTo("dmtcp");
    assertThat(generation.getPlatform()).isEqualTo("x86_64 glibc-2.36");
    assertThat(generation.getBytes()).isEqualTo(SCRATCH.length + IMAGE.length);
  }

  @Test
  void twoAreKeptAndNumbersGrow() throws Exception {
    FakeStarter.Stream stream = scene.first();
    scene.commit(stream, 1, 1);
    scene.commit(stream, 2, 2, 1);
    scene.commit(stream, 3, 3, 2);

    scene.awaitStored("g2", "g3");
    assertThat(scene.shadow().daemon().status().integer("Generations")).hasValue(2);
  }

  @Test
  void refusedCheckpointIsDeletedAndItsNumberNotGivenAgain() throws Exception {
    FakeStarter.Stream stream = scene.first();
    scene.commit(stream, 1, 1);
    scene.store(FIRST, TICKET, 2, IMAGE);
    stream.taken(2, files(IMAGE));
    scene.schedd().awaitPrepared(FIRST);

    scene.schedd().notRecorded(FIRST, 2, "the job was removed");

    assertThat(stream.awaitRefused().getReason()).isEqualTo("the job was removed");
    scene.awaitStored("g1", "last-2");
    scene.restart();
    stream = scene.starter().open(FIRST, TICKET, true);
    stream.awaitOpened();
    assertThat(scene.commit(stream, 3, 3, 1).getNumber()).isEqualTo(3);
  }

  @Test
  void whatDoesNotAgreeWithTheListIsRefusedAndTheRunGoesOn() throws Exception {
    FakeStarter.Stream stream = scene.first();
    scene.store(FIRST, TICKET, 1, IMAGE);
    stream.taken(1, files(image(2)));
    assertThat(stream.awaitRefused().getReason()).contains("ckpt_job", "SHA-256");
    stream.taken(7, files(IMAGE));
    assertThat(stream.awaitRefused().getReason()).contains("no file of it was stored here");
    scene.starter().store(FIRST, TICKET, 8, "scratch.tar", SCRATCH);
    stream.taken(8, files(IMAGE));
    assertThat(stream.awaitRefused().getReason()).contains("was never stored here whole");
    for (String name : List.of("..", ".", "", "a/b", "/etc/passwd", "a\nb", "x".repeat(256))) {
      assertRefused(
          () -> scene.starter().store(FIRST, TICKET, 9, name, SCRATCH),
          Status.Code.INVALID_ARGUMENT);
    }
    assertRefused(
        () -> scene.starter().store(FIRST, TICKET, -1, "scratch.tar", SCRATCH),
        Status.Code.INVALID_ARGUMENT);

    assertThat(scene.commit(stream, 10, 1).getNumber()).isEqualTo(1);
    scene.awaitStored("g1");
  }

  @Test
  void preparedIsOfferedAgainAfterRestartAndAnsweredWhenTheStarterComesBack() throws Exception {
    FakeStarter.Stream stream = scene.first();
    scene.store(FIRST, TICKET, 1, IMAGE);
    stream.taken(1, files(IMAGE));
    Generation prepared = scene.schedd().awaitPrepared(FIRST);
    scene.schedd().hangUp();
    scene.schedd().awaitShadow();
    assertThat(scene.schedd().awaitPrepared(FIRST)).isEqualTo(prepared);

    scene.restart();

    assertThat(scene.schedd().awaitPrepared(FIRST)).isEqualTo(prepared);
    FakeStarter.Stream back = scene.starter().open(FIRST, TICKET, true);
    assertThat(back.awaitOpened().hasRestore()).isFalse();
    back.taken(1, files(IMAGE));
    scene.schedd().recorded(FIRST, 1, 1);
    assertThat(back.awaitCommitted().getGeneration()).isEqualTo(1);
    back.taken(1, files(IMAGE));
    assertThat(back.awaitCommitted().getGeneration()).isEqualTo(1);
    scene.restart();
    FakeStarter.Stream again = scene.starter().open(FIRST, TICKET, true);
    again.awaitOpened();
    scene.store(FIRST, TICKET, 1, IMAGE);
    again.taken(1, files(IMAGE));
    assertThat(again.awaitCommitted().getGeneration()).isEqualTo(1);
    scene.awaitStored("g1");
  }

  @Test
  void preparedOfARunThatEndedIsStillOffered() throws Exception {
    FakeStarter.Stream stream = scene.first();
    scene.store(FIRST, TICKET, 1, IMAGE);
    stream.taken(1, files(IMAGE));
    Generation prepared = scene.schedd().awaitPrepared(FIRST);
    scene.schedd().closeRun(FIRST, "held");
    scene.schedd().awaitEnded(FIRST);
    scene.schedd().settled(FIRST);
    scene.schedd().hangUp();
    scene.schedd().awaitShadow();
    assertThat(scene.schedd().awaitPrepared(FIRST)).isEqualTo(prepared);
    scene.restart();
    assertThat(scene.schedd().awaitPrepared(FIRST)).isEqualTo(prepared);

    scene.schedd().recorded(FIRST, 1, 1);

    Opened opened = scene.admitAndOpen(SECOND, OTHER_TICKET, prepared).awaitOpened();
    assertThat(opened.getRestore().getGeneration()).isEqualTo(1);
    scene.schedd().hangUp();
    scene.schedd().awaitShadow();
    assertThat(scene.schedd().heard().all()).noneMatch(request -> request.hasCheckpointPrepared());
  }

  @Test
  void closedRunStoresAndPreparesNothing() throws Exception {
    FakeStarter.Stream stream = scene.first();
    scene.store(FIRST, TICKET, 1, IMAGE);
    FakeStarter.Store half = scene.starter().beginStore(FIRST, TICKET, 2, "scratch.tar");
    half.data(new byte[100_000]);

    scene.schedd().admit(SECOND, scene.job(), OTHER_TICKET, 60);

    scene.schedd().awaitAdmitted(SECOND);
    stream.taken(1, files(IMAGE));
    assertRefused(half::await, Status.Code.PERMISSION_DENIED);
    assertRefused(
        () -> scene.starter().store(FIRST, TICKET, 1, "scratch.tar", SCRATCH),
        Status.Code.PERMISSION_DENIED);
    stream.awaitEnd();
    scene.awaitStored();
    assertThat(scene.schedd().heard().all()).noneMatch(request -> request.hasCheckpointPrepared());
  }

  @Test
  void generationsGoWithTheJob() throws Exception {
    FakeStarter.Stream stream = scene.first();
    scene.commit(stream, 1, 1);
    scene.vacate(stream);
    scene.schedd().awaitEnded(FIRST);
    scene.schedd().settled(FIRST);
    scene.awaitStored("g1");

    scene.schedd().settled(FIRST, true);

    scene.awaitStored();
    assertThat(scene.jobFolder()).doesNotExist();
  }

  @Test
  void exitSettledWithTheJobsEndRemovesEverything() throws Exception {
    FakeStarter.Stream stream = scene.first();
    scene.commit(stream, 1, 1);
    stream.exited(ClassAd.empty(), List.of());
    scene.schedd().awaitEnded(FIRST);
    scene.awaitStored("g1");

    scene.schedd().settled(FIRST, true);

    scene.awaitStored();
    assertThat(scene.jobFolder()).doesNotExist();
  }

  /** Half of it comes, then the disk is full. */
  @Test
  void fullDiskRefusesTheCheckpointAndNothingElse() throws Exception {
    assumeTrue(isRoot(), "only root can mount a small disk");
    scene.shadow().close();
    Path folder = home.resolve("spool/shadow/alice/checkpoints");
    run("mount", "-t", "tmpfs", "-o", "size=8m,mode=700", "tmpfs", folder.toString());
    scene.add(() -> run("umount", "-l", folder.toString()));
    scene.restart();
    FakeStarter.Stream stream = scene.first();
    scene.commit(stream, 1, 1);
    byte[] large = new byte[1_000_000];
    FakeStarter.Store store = scene.starter().beginStore(FIRST, TICKET, 2, "ckpt_large.dmtcp");

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
    assertThat(scene.commit(stream, 3, 2, 1).getNumber()).isEqualTo(2);
    scene.schedd().hangUp();
    assertThat(scene.schedd().awaitShadow().getOpenRunsList()).containsExactly(FIRST.toProto());
    stream.exited(ClassAd.empty(), List.of());
    stream.await(RunResponse.MessageCase.FINISHED);
    scene.awaitStored("g1", "g2");
  }

  private static boolean isRoot() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }
}
