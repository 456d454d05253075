package io.urubu.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.urubu.classad.ClassAd;
import io.urubu.protocol.id.JobId;
import io.urubu.protocol.id.RunRef;
import io.urubu.protocol.run.v1.CheckpointFile;
import io.urubu.protocol.run.v1.RunRequest;
import io.urubu.protocol.run.v1.RunResponse;
import io.urubu.protocol.run.v1.Vacated;
import io.urubu.protocol.wire.v1.Generation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** One job with its user's shadow, by hand: schedd, starter, and what lies in the store. */
final class CheckpointScene {
  static final byte[] TICKET = new byte[32];
  static final byte[] OTHER_TICKET =
      "another ticket of 32 bytes......".getBytes(StandardCharsets.US_ASCII);
  static final RunRef FIRST = new RunRef(TestPool.SCHEDD, new JobId(41, 3), 1);
  static final RunRef SECOND = new RunRef(TestPool.SCHEDD, new JobId(41, 3), 2);
  static final byte[] SCRATCH = "the scratch directory\n".getBytes(StandardCharsets.UTF_8);
  static final byte[] IMAGE = image(1);

  private final Path home;
  private final TestPool pool = new TestPool();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final Path iwd;
  private final FakeSchedd schedd;
  private TestShadow shadow;
  private FakeStarter starter;

  static byte[] image(long seed) {
    byte[] image = new byte[3_000_000];
    new Random(seed).nextBytes(image);
    return image;
  }

  CheckpointScene(Path home) throws Exception {
    this.home = home;
    iwd = Files.createDirectories(home.resolve("iwd"));
    Files.writeString(iwd.resolve("run.sh"), "#!/bin/sh\nexit 0\n");
    var identity = pool.shadow(Duration.ofDays(1));
    schedd = new FakeSchedd(pool, TestShadow.addressFile(home), 600, () -> pool.renewed(identity));
    open.add(schedd);
    shadow = launch();
    starter = dial();
  }

  private TestShadow launch() throws Exception {
    TestShadow launched = TestShadow.start(home, pool.shadow(Duration.ofDays(1)));
    open.add(launched);
    return launched;
  }

  private FakeStarter dial() throws Exception {
    FakeStarter dialled =
        new FakeStarter(schedd.awaitShadow().getEndpoint(), pool.starter(TestPool.USER));
    open.add(dialled);
    return dialled;
  }

  FakeSchedd schedd() {
    return schedd;
  }

  FakeStarter starter() {
    return starter;
  }

  TestShadow shadow() {
    return shadow;
  }

  /** Closed with the scene, before what was there earlier. */
  void add(AutoCloseable more) {
    open.add(more);
  }

  void restart() throws Exception {
    shadow.close();
    shadow = launch();
    starter = dial();
  }

  void end() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  ClassAd job() {
    return ClassAd.builder()
        .put("Iwd", iwd.toString())
        .put("Cmd", "run.sh")
        .put("Out", "job.out")
        .put("Err", "job.err")
        .build();
  }

  FakeStarter.Stream admitAndOpen(RunRef run, byte[] ticket, Generation... committed)
      throws Exception {
    schedd.admit(run, job(), ticket, 60, List.of(committed));
    schedd.awaitAdmitted(run);
    return starter.open(run, ticket, false);
  }

  FakeStarter.Stream first() throws Exception {
    FakeStarter.Stream stream = admitAndOpen(FIRST, TICKET);
    assertThat(stream.awaitOpened().hasRestore()).isFalse();
    return stream;
  }

  static CheckpointFile[] files(byte[] image) {
    return new CheckpointFile[] {
      FakeStarter.part("scratch.tar", SCRATCH), FakeStarter.part("ckpt_job é.dmtcp", image)
    };
  }

  void store(RunRef run, byte[] ticket, int number, byte[] image) throws Exception {
    starter.store(run, ticket, number, "scratch.tar", SCRATCH);
    starter.store(run, ticket, number, "ckpt_job é.dmtcp", image);
  }

  /** One checkpoint of the first run, recorded as the only one. */
  Generation commit(FakeStarter.Stream stream, int number, Integer... kept) throws Exception {
    store(FIRST, TICKET, number, IMAGE);
    stream.taken(number, files(IMAGE));
    Generation prepared = schedd.awaitPrepared(FIRST);
    schedd.recorded(FIRST, prepared.getNumber(), kept);
    assertThat(stream.awaitCommitted().getGeneration()).isEqualTo(prepared.getNumber());
    return prepared;
  }

  void vacate(FakeStarter.Stream stream) throws Exception {
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

  Path jobFolder() {
    return home.resolve("spool/shadow/alice/checkpoints/" + TestPool.SCHEDD + "/41.3");
  }

  List<String> stored() throws IOException {
    if (!Files.exists(jobFolder())) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(jobFolder())) {
      return entries.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  void awaitStored(String... names) throws Exception {
    long deadline = System.nanoTime() + Waiting.LIMIT.toNanos();
    while (!stored().equals(List.of(names)) && deadline - System.nanoTime() > 0) {
      Thread.sleep(10);
    }
    assertThat(stored()).containsExactly(names);
  }

  static void assertRefused(Storing store, Status.Code code) {
    assertThatThrownBy(store::run)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class, e -> assertThat(e.getStatus().getCode()).isEqualTo(code));
  }

  interface Storing {
    void run() throws Exception;
  }
}
