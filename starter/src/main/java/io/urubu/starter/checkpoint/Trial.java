package io.urubu.starter.checkpoint;

import io.urubu.starter.imagefolder.ImageFolder;
import io.urubu.starter.sandbox.Places;
import io.urubu.starter.sandbox.Program;
import io.urubu.starter.sandbox.ProgramEnd;
import io.urubu.starter.sandbox.Sandbox;
import io.urubu.starter.sandbox.SandboxException;
import io.urubu.starter.sandbox.SandboxProcess;
import io.urubu.starter.sandbox.Start;
import io.urubu.starter.scratch.RunFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Saves a small program, kills it and brings it back, to see whether that works here. */
public final class Trial {
  private static final Duration LIMIT = Duration.ofSeconds(4);
  private static final Program SLEEP =
      new Program(
          List.of("/usr/bin/sleep", "60"),
          Map.of(),
          "/dev/null",
          "/scratch/out",
          "/scratch/out",
          "self-test",
          1 << 20);

  private final Sandbox sandbox;
  private final Times times;

  public Trial(Sandbox sandbox, InstantSource clock, LongSupplier ticker) {
    this.sandbox = sandbox;
    this.times = new Times(clock, ticker);
  }

  /**
   * What of these abilities stands the trial.
   *
   * @param base an existing folder, for the files of the trial
   */
  public Abilities run(Abilities seeming, Path base, ImageFolder images)
      throws InterruptedException {
    try {
      RunFolders folders = RunFolders.create(base, "self-test");
      try {
        DmtcpCheckpointer checkpointer =
            new DmtcpCheckpointer(
                folders,
                images,
                seeming.platform(),
                times,
                DmtcpCheckpointer.CutMoment.WHILE_ALL_STANDS_STILL);
        try (checkpointer) {
          return move(folders, checkpointer).map(Abilities::without).orElse(seeming);
        }
      } finally {
        folders.remove();
      }
    } catch (IOException | SandboxException e) {
      return Abilities.without("a small program could not be tried: " + e.getMessage());
    }
  }

  /** Why not; empty when all went well. */
  private Optional<String> move(RunFolders folders, Checkpointer checkpointer)
      throws IOException, SandboxException, InterruptedException {
    try {
      CountDownLatch isStarted = new CountDownLatch(1);
      Taken taken;
      Boxed first = start(folders, checkpointer, checkpointer.fresh(SLEEP), isStarted);
      try {
        if (!isStarted.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
          return Optional.of("dmtcp_launch did not start a small program");
        }
        taken = checkpointer.take(first.process(), 1, LIMIT);
      } finally {
        first.kill();
      }
      checkpointer.unpack(taken.folder(), LIMIT);
      Program again = checkpointer.restarted(SLEEP, taken.folder());
      Boxed second = start(folders, checkpointer, again, new CountDownLatch(1));
      try {
        checkpointer.awaitRestarted(second.process(), LIMIT);
      } finally {
        second.kill();
      }
      return Optional.empty();
    } catch (CheckpointException | RestartException e) {
      return Optional.of("a small program could not be saved and brought back: " + e.getMessage());
    }
  }

  private record Boxed(SandboxProcess process, Thread waiter) {
    void kill() throws InterruptedException {
      process.kill();
      waiter.join(LIMIT);
    }
  }

  private Boxed start(
      RunFolders folders, Checkpointer checkpointer, Program program, CountDownLatch isStarted)
      throws IOException, SandboxException, InterruptedException {
    Places plain =
        new Places(folders.scratch(), folders.temporary(), folders.variable(), folders.etc());
    SandboxProcess process = sandbox.start(checkpointer.shown(plain), program);
    boolean isKnown = program.start() instanceof Start.Savable;
    Thread waiter =
        Thread.ofVirtual().start(() -> await(process, checkpointer, isKnown, isStarted));
    return new Boxed(process, waiter);
  }

  private static void await(
      SandboxProcess process,
      Checkpointer checkpointer,
      boolean isFirst,
      CountDownLatch isStarted) {
    try {
      ProgramEnd end = process.await(isStarted::countDown);
      if (!isFirst) {
        checkpointer.reported(checkpointer.ended(process, end));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
