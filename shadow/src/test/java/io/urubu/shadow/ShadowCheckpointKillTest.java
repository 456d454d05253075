package io.urubu.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.ClassAd;
import io.urubu.protocol.id.JobId;
import io.urubu.protocol.id.RunRef;
import io.urubu.protocol.run.v1.Opened;
import io.urubu.protocol.run.v1.RunResponse;
import io.urubu.protocol.wire.v1.Generation;
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

/** A real shadow process, killed again and again while a job takes checkpoint after checkpoint. */
@Tag("module")
class ShadowCheckpointKillTest {
  private static final int KILLS = 6;
  private static final byte[] TICKET = new byte[32];

  @TempDir Path home;

  private final long seed = Long.getLong("SEED", System.nanoTime());
  private final Random random = new Random(seed);
  private final TestPool pool = new TestPool();

  /** As the queue records them, newest first, at most two. */
  private final List<Generation> committed = new ArrayList<>();

  private FakeSchedd schedd;
  private Optional<ShadowProcess> shadow = Optional.empty();
  private Optional<FakeStarter> starter = Optional.empty();

  /** The checkpoint that the starter holds until it is answered. */
  private int number = 1;

  private int answered;
  private int newest;

  @BeforeEach
  void start() throws Exception {
    Files.writeString(home.resolve("run.sh"), "#!/bin/sh\n");
    schedd = new FakeSchedd(pool, TestShadow.addressFile(home), 600, () -> "");
  }

  @AfterEach
  void stop() {
    starter.ifPresent(FakeStarter::close);
    shadow.ifPresent(ShadowProcess::close);
    schedd.close();
  }

  private static RunRef run(int number) {
    return new RunRef(TestPool.SCHEDD, new JobId(41, 3), number);
  }

  private static byte[] image(int number) {
    return ("image " + number + "\n").repeat(20_000).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] scratch(int number) {
    return ("scratch " + number).getBytes(StandardCharsets.UTF_8);
  }

  private FakeStarter connect() throws Exception {
    starter.ifPresent(FakeStarter::close);
    FakeStarter fresh =
        new FakeStarter(schedd.awaitShadow().getEndpoint(), pool.starter(TestPool.USER));
    starter = Optional.of(fresh);
    return fresh;
  }

  private void admit(RunRef run, List<Generation> generations) throws Exception {
    ClassAd job = ClassAd.builder().put("Iwd", home.toString()).put("Cmd", "run.sh").build();
    schedd.admit(run, job, TICKET, 600, generations);
    schedd.awaitAdmitted(run);
  }

  @Test
  void whatTheQueueRecordedIsWholeWheneverTheShadowDies() throws Exception {
    for (int life = 0; life <= KILLS; life++) {
      shadow = Optional.of(ShadowProcess.launch(home, pool));
      FakeStarter fresh = connect();
      admit(run(1), committed);
      work(fresh, Duration.ofMillis(random.nextInt(500)).toNanos());
      shadow.get().kill();
      schedd.hangUp();
      checkStore();
    }

    assertThat(answered).as("seed %d", seed).isPositive();
    checkRestore();
  }

  /** Takes checkpoints until the time is up; it is begun when something was answered. */
  private void work(FakeStarter to, long longer) throws Exception {
    FakeStarter.Stream stream = to.open(run(1), TICKET, newest > 0);
    stream.awaitOpened();
    long deadline = System.nanoTime() + longer;
    int before = answered;
    while (answered == before || deadline - System.nanoTime() > 0) {
      take(to, stream);
      awaitAnswer(stream);
    }
    // One more is somewhere between the first byte and the commit.
    take(to, stream);
    record(Duration.ofMillis(random.nextInt(20)));
  }

  private void take(FakeStarter to, FakeStarter.Stream stream) throws Exception {
    to.store(run(1), TICKET, number, "scratch.tar", scratch(number));
    to.store(run(1), TICKET, number, "ckpt.dmtcp", image(number));
    stream.taken(
        number,
        FakeStarter.part("scratch.tar", scratch(number)),
        FakeStarter.part("ckpt.dmtcp", image(number)));
  }

  private void awaitAnswer(FakeStarter.Stream stream) throws Exception {
    long deadline = System.nanoTime() + Waiting.LIMIT.toNanos();
    while (deadline - System.nanoTime() > 0) {
      record(Duration.ofMillis(2));
      Optional<RunResponse> answer =
          stream
              .heard()
              .take(
                  response ->
                      response.hasCheckpointCommitted()
                              && response.getCheckpointCommitted().getNumber() == number
                          ? Optional.of(response)
                          : Optional.empty(),
                  Duration.ofMillis(2));
      if (answer.isPresent()) {
        answered++;
        number++;
        return;
      }
    }
    throw new AssertionError(
        "seed %d: checkpoint %d: %s".formatted(seed, number, stream.heard().all()));
  }

  /** The queue's side: a prepared generation is recorded, and two are kept. */
  private void record(Duration limit) throws Exception {
    Optional<Generation> prepared =
        schedd
            .heard()
            .take(
                request ->
                    request.hasCheckpointPrepared()
                        ? Optional.of(request.getCheckpointPrepared().getGeneration())
                        : Optional.empty(),
                limit);
    if (prepared.isEmpty()) {
      return;
    }
    if (!committed.contains(prepared.get())) {
      assertThat(prepared.get().getNumber()).as("seed %d", seed).isGreaterThan(newest);
      newest = prepared.get().getNumber();
      committed.addFirst(prepared.get());
      committed.subList(Math.min(2, committed.size()), committed.size()).clear();
    }
    schedd.recorded(
        run(1),
        prepared.get().getNumber(),
        committed.stream().map(Generation::getNumber).toArray(Integer[]::new));
  }

  private void checkStore() throws Exception {
    for (Generation generation : committed) {
      assertThat(stored()).as("seed %d", seed).contains("g" + generation.getNumber());
    }
  }

  private void checkRestore() throws Exception {
    shadow = Optional.of(ShadowProcess.launch(home, pool));
    FakeStarter fresh = connect();
    for (int i = 0; i < 2; i++) {
      RunRef run = run(i + 2);
      admit(run, committed.subList(i, 2));
      Opened opened = fresh.open(run, TICKET, false).awaitOpened();
      assertThat(opened.getRestore().getGeneration()).isEqualTo(committed.get(i).getNumber());
      byte[] scratch = fresh.fetch(run, TICKET, opened.getRestore().getGeneration(), 0, 0);
      String text = new String(scratch, StandardCharsets.UTF_8);
      int taken = Integer.parseInt(text.substring("scratch ".length()));
      assertThat(fresh.fetch(run, TICKET, opened.getRestore().getGeneration(), 1, 0))
          .as("seed %d", seed)
          .isEqualTo(image(taken));
    }
    refuseWhatStillWaits();
    long deadline = System.nanoTime() + Waiting.LIMIT.toNanos();
    List<String> last = List.of("g" + committed.get(1).getNumber());
    while (!stored().equals(last) && deadline - System.nanoTime() > 0) {
      Thread.sleep(10);
    }
    assertThat(stored()).as("seed %d", seed).isEqualTo(last);
  }

  /** A later run has begun: what the first one prepared does not count any more. */
  private void refuseWhatStillWaits() throws Exception {
    schedd.hangUp();
    schedd.awaitShadow();
    Optional<Generation> waiting = Optional.of(Generation.getDefaultInstance());
    while (waiting.isPresent()) {
      waiting =
          schedd
              .heard()
              .take(
                  request ->
                      request.hasCheckpointPrepared()
                          ? Optional.of(request.getCheckpointPrepared().getGeneration())
                          : Optional.empty(),
                  Duration.ofSeconds(1));
      waiting.ifPresent(it -> schedd.notRecorded(run(1), it.getNumber(), "a later run has begun"));
    }
  }

  private List<String> stored() throws Exception {
    Path folder = home.resolve("spool/shadow/alice/checkpoints/" + TestPool.SCHEDD + "/41.3");
    try (Stream<Path> left = Files.list(folder)) {
      return left.map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith("g") || name.startsWith("t"))
          .sorted()
          .toList();
    }
  }
}
