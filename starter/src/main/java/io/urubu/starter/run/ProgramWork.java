package io.urubu.starter.run;

import io.urubu.starter.checkpoint.Checkpointer;
import io.urubu.starter.checkpoint.RestartException;
import io.urubu.starter.run.Preparation.Prepared;
import io.urubu.starter.sandbox.Places;
import io.urubu.starter.sandbox.Program;
import io.urubu.starter.sandbox.ProgramEnd;
import io.urubu.starter.sandbox.Sandbox;
import io.urubu.starter.sandbox.SandboxException;
import io.urubu.starter.sandbox.SandboxProcess;
import io.urubu.starter.scratch.RunFolders;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Starts a run's program in its sandbox and waits for its end, each time on threads of its own. */
final class ProgramWork {
  /** The decider's patience ends earlier, and stands still while the job does. */
  private static final Duration LONGEST_RESTART = Duration.ofDays(3650);

  private final Sandbox sandbox;
  private final RunFolders folders;
  private final JobProgram job;
  private final BoxedProgram boxed;
  private final Consumer<RunEvent> run;
  private final AtomicBoolean hasRun = new AtomicBoolean();

  ProgramWork(
      Sandbox sandbox,
      RunFolders folders,
      JobProgram job,
      BoxedProgram boxed,
      Consumer<RunEvent> run) {
    this.sandbox = sandbox;
    this.folders = folders;
    this.job = job;
    this.boxed = boxed;
    this.run = run;
  }

  /**
   * Starts it.
   *
   * @param generation from which it comes back; 0 for its beginning, or where it left its files
   */
  void start(Prepared prepared, int generation) {
    boolean isAgain = hasRun.getAndSet(true);
    Checkpointer checkpointer = prepared.checkpointer();
    Program program =
        generation > 0 || isAgain
            ? checkpointer.restarted(prepared.program(), folders.generation(Preparation.RESTORED))
            : checkpointer.fresh(prepared.program());
    Thread.ofVirtual().name("run-program").start(() -> live(program, checkpointer, generation));
  }

  private void live(Program program, Checkpointer checkpointer, int generation) {
    ProgramEnd truth;
    try {
      SandboxProcess process = sandbox.start(places(checkpointer), program);
      boxed.began(process);
      if (generation > 0) {
        Thread.ofVirtual()
            .name("run-restart")
            .start(() -> awaitRestarted(checkpointer, process, generation));
      }
      truth = checkpointer.ended(process, process.await(this::starting));
    } catch (SandboxException | IOException | RuntimeException e) {
      boxed.kill();
      truth = new ProgramEnd.Broken("no sandbox for the job: " + e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return;
    }
    boxed.ended();
    run.accept(
        new RunEvent.ProgramEnded(job.inUsersWords(truth), checkpointer.isCheckpoint(truth)));
    checkpointer.reported(truth);
  }

  private Places places(Checkpointer checkpointer) {
    return checkpointer.shown(
        new Places(folders.scratch(), folders.temporary(), folders.variable(), folders.etc()));
  }

  private void starting() {
    boxed.markStarted();
    run.accept(new RunEvent.ProgramStarting());
  }

  private void awaitRestarted(Checkpointer checkpointer, SandboxProcess process, int generation) {
    try {
      checkpointer.awaitRestarted(process, LONGEST_RESTART);
      run.accept(new RunEvent.Restarted());
    } catch (RestartException e) {
      run.accept(new RunEvent.RestartFailed(failed(generation, e.isDamaged(), e)));
    } catch (RuntimeException e) {
      run.accept(new RunEvent.RestartFailed(failed(generation, false, e)));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static RunEnd.Failed failed(int generation, boolean isDamaged, Exception e) {
    return RunEnd.Failed.ofGeneration(
        generation,
        isDamaged,
        "the job did not come back from checkpoint %d: %s".formatted(generation, e.getMessage()));
  }
}
