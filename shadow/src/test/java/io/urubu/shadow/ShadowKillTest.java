package io.urubu.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.protocol.id.JobId;
import io.urubu.protocol.id.RunRef;
import io.urubu.protocol.shadow.v1.RunEnded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real shadow process, killed again and again while many jobs end at once. */
@Tag("module")
class ShadowKillTest {
  private static final int JOBS = 60;
  private static final int KILLS = 5;
  private static final int EVENTS = 400;

  @TempDir Path home;

  private final long seed = Long.getLong("SEED", System.nanoTime());
  private final Random random = new Random(seed);
  private final TestPool pool = new TestPool();
  private final List<JobUnderFire> jobs = new ArrayList<>();
  private Path iwd;
  private Path log;
  private FakeSchedd schedd;
  private Optional<ShadowProcess> shadow = Optional.empty();
  private long written = -1;
  private int mayExit;
  private int nextEvent;
  private int sentEvent = -1;

  @BeforeEach
  void start() throws Exception {
    iwd = Files.createDirectories(home.resolve("iwd"));
    log = iwd.resolve("jobs.log");
    Files.writeString(iwd.resolve("run.sh"), "#!/bin/sh\n");
    schedd = new FakeSchedd(pool, TestShadow.addressFile(home), 600, () -> "");
    for (int i = 0; i < JOBS; i++) {
      jobs.add(new JobUnderFire(new RunRef(TestPool.SCHEDD, new JobId(7, i), 1), iwd));
    }
  }

  @AfterEach
  void stop() {
    shadow.ifPresent(ShadowProcess::close);
    schedd.close();
  }

  private void launch() throws Exception {
    shadow = Optional.of(ShadowProcess.launch(home, pool));
  }

  private void kill() throws Exception {
    shadow.orElseThrow().kill();
    schedd.hangUp();
  }

  @Test
  void everyExitIsPublishedOnceAndEveryEventWrittenOnce() throws Exception {
    for (int round = 0; round <= KILLS; round++) {
      launch();
      var attached = schedd.awaitShadow();
      // In each life some more programs exit; the shadow is killed a little after they said so,
      // when their exits are somewhere between the journal and the last rename.
      mayExit = (round + 1) * JOBS / (KILLS + 1);
      try (FakeStarter starter =
          new FakeStarter(attached.getEndpoint(), pool.starter(TestPool.USER))) {
        work(starter, round == KILLS, TimeUnit.MICROSECONDS.toNanos(random.nextInt(60_000)));
      }
      if (round < KILLS) {
        kill();
      }
    }

    assertThat(jobs).as("seed %d", seed).allMatch(JobUnderFire::isDone);
    checkOutputs();
    checkLog();
  }

  /** Everybody presses on, until a while after exits were said, or nothing is left to do. */
  private void work(FakeStarter starter, boolean isLast, long longer) throws Exception {
    sentEvent = -1;
    for (JobUnderFire job : jobs) {
      job.connected(starter);
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    boolean isLeaving = false;
    while (deadline - System.nanoTime() > 0) {
      for (int i = 0; i < JOBS; i++) {
        jobs.get(i).proceed(schedd, i < mayExit);
      }
      proceedWithLog();
      schedd
          .heard()
          .take(
              request -> {
                if (request.hasRunEnded()) {
                  job(request.getRunEnded()).ended(request.getRunEnded());
                } else if (request.hasAdmitted()) {
                  jobs.get(request.getAdmitted().getRun().getProc()).admitted();
                } else if (request.hasLogWritten()
                    && request.getLogWritten().getSequence() == nextEvent) {
                  written = request.getLogWritten().getOffset();
                  nextEvent++;
                }
                return Optional.of(request);
              },
              Duration.ofMillis(2));
      if (!isLast
          && !isLeaving
          && jobs.subList(0, mayExit).stream().allMatch(JobUnderFire::hasSaidExit)) {
        isLeaving = true;
        deadline = System.nanoTime() + longer;
      }
      if (nextEvent >= EVENTS && jobs.stream().allMatch(JobUnderFire::isDone)) {
        return;
      }
    }
  }

  private JobUnderFire job(RunEnded ended) {
    return jobs.get(ended.getRun().getProc());
  }

  private void proceedWithLog() {
    if (nextEvent < EVENTS && sentEvent != nextEvent) {
      if (schedd.append(log, nextEvent, written, event(nextEvent))) {
        sentEvent = nextEvent;
      }
    }
  }

  private static String event(int number) {
    return "%03d (007.%03d.000) 2026-11-20 20:00:00 Something happened.\n\tmore of it\n...\n"
        .formatted(number % 30, number);
  }

  private void checkOutputs() throws Exception {
    for (JobUnderFire job : jobs) {
      job.check();
    }
    try (Stream<Path> files = Files.walk(iwd)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .as("seed %d", seed)
          .noneMatch(name -> name.startsWith(".urubu-"));
    }
  }

  private void checkLog() throws Exception {
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < EVENTS; i++) {
      expected.append(event(i));
    }
    assertThat(Files.readString(log)).as("seed %d", seed).isEqualTo(expected.toString());
  }
}
