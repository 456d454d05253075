package io.urubu.shadow;

import static io.urubu.shadow.CheckpointScene.FIRST;
import static io.urubu.shadow.CheckpointScene.IMAGE;
import static io.urubu.shadow.CheckpointScene.OTHER_TICKET;
import static io.urubu.shadow.CheckpointScene.SECOND;
import static io.urubu.shadow.CheckpointScene.TICKET;
import static io.urubu.shadow.CheckpointScene.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.urubu.classad.ClassAd;
import io.urubu.protocol.AdCodec;
import io.urubu.protocol.id.JobId;
import io.urubu.protocol.id.RunRef;
import io.urubu.protocol.run.v1.Failed;
import io.urubu.protocol.run.v1.Opened;
import io.urubu.protocol.run.v1.RunRequest;
import io.urubu.protocol.run.v1.RunResponse;
import io.urubu.protocol.shadow.v1.RunEnded;
import io.urubu.protocol.wire.v1.Generation;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that go on from a checkpoint, or cannot. */
@Tag("module")
class ShadowRestoreTest {
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
  void damagedGenerationEndsTheRunAndTheOneBeforeIsTaken() throws Exception {
    FakeStarter.Stream stream = scene.first();
    Generation older = scene.commit(stream, 1, 1);
    Generation newer = scene.commit(stream, 2, 2, 1);
    scene.vacate(stream);
    scene.schedd().awaitEnded(FIRST);
    scene.schedd().settled(FIRST);
    Path recipe = scene.jobFolder().resolve("g2/recipe");
    Files.writeString(recipe, Files.readString(recipe).replace("cut 1", "cut 2"));

    FakeStarter.Stream failing = scene.admitAndOpen(SECOND, OTHER_TICKET, newer, older);

    RunEnded ended = scene.schedd().awaitEnded(SECOND);
    assertThat(ended.getOutcome()).isEqualTo(RunEnded.Outcome.OUTCOME_MACHINE_FAILED);
    ClassAd ad = AdCodec.fromProto(ended.getAd());
    assertThat(ad.integer("FailedGeneration")).hasValue(2);
    assertThat(ad.bool("Damaged")).hasValue(true);
    assertThat(ad.string("Reason").orElseThrow())
        .contains("checkpoint 2 of job 41.3 is damaged", "g2", "the queue recorded");
    failing.await(RunResponse.MessageCase.CLOSED);
    scene.schedd().settled(SECOND);
    RunRef third = new RunRef(TestPool.SCHEDD, new JobId(41, 3), 3);
    Opened opened = scene.admitAndOpen(third, TICKET, older).awaitOpened();
    assertThat(opened.getRestore().getGeneration()).isEqualTo(1);
    scene.awaitStored("g1", "last-2");
  }

  @Test
  void fileThatIsShorterThanItsRecipeSaysIsSeenBeforeTheRunBegins() throws Exception {
    FakeStarter.Stream stream = scene.first();
    Generation generation = scene.commit(stream, 1, 1);
    scene.vacate(stream);
    scene.schedd().awaitEnded(FIRST);
    scene.schedd().settled(FIRST);
    Files.write(scene.jobFolder().resolve("g1/file-1"), new byte[10]);

    scene.admitAndOpen(SECOND, OTHER_TICKET, generation);

    assertThat(
            AdCodec.fromProto(scene.schedd().awaitEnded(SECOND).getAd())
                .string("Reason")
                .orElseThrow())
        .contains("has 10 bytes, its recipe says " + IMAGE.length);
  }

  @Test
  void fileThatVanishesWhileItIsFetchedEndsTheRun() throws Exception {
    FakeStarter.Stream stream = scene.first();
    Generation generation = scene.commit(stream, 1, 1);
    scene.vacate(stream);
    scene.schedd().awaitEnded(FIRST);
    scene.admitAndOpen(SECOND, OTHER_TICKET, generation).awaitOpened();
    Files.delete(scene.jobFolder().resolve("g1/file-1"));

    assertRefused(
        () -> scene.starter().fetch(SECOND, OTHER_TICKET, 1, 1, 0), Status.Code.DATA_LOSS);

    ClassAd ad = AdCodec.fromProto(scene.schedd().awaitEnded(SECOND).getAd());
    assertThat(ad.integer("FailedGeneration")).hasValue(1);
    assertThat(ad.bool("Damaged")).hasValue(true);
  }

  @Test
  void starterThatFetchesGoesOnAfterARestartOfTheShadow() throws Exception {
    FakeStarter.Stream stream = scene.first();
    Generation generation = scene.commit(stream, 1, 1);
    scene.vacate(stream);
    scene.schedd().awaitEnded(FIRST);
    scene.admitAndOpen(SECOND, OTHER_TICKET, generation).awaitOpened();

    scene.restart();

    scene.starter().open(SECOND, OTHER_TICKET, true).awaitOpened();
    assertThat(scene.starter().fetch(SECOND, OTHER_TICKET, 1, 1, 0)).isEqualTo(IMAGE);
  }

  @Test
  void failedRestartIsPassedOn() throws Exception {
    FakeStarter.Stream stream = scene.first();

    stream.send(
        RunRequest.newBuilder()
            .setFailed(Failed.newBuilder().setReason("dmtcp_restart hangs").setFailedGeneration(4))
            .build());

    RunEnded ended = scene.schedd().awaitEnded(FIRST);
    assertThat(ended.getOutcome()).isEqualTo(RunEnded.Outcome.OUTCOME_MACHINE_FAILED);
    ClassAd ad = AdCodec.fromProto(ended.getAd());
    assertThat(ad.integer("FailedGeneration")).hasValue(4);
    assertThat(ad.bool("Damaged")).hasValue(false);
  }
}
