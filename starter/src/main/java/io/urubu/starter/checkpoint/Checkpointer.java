package io.urubu.starter.checkpoint;

import io.urubu.starter.sandbox.Program;
import io.urubu.starter.sandbox.ProgramEnd;
import io.urubu.starter.sandbox.SandboxProcess;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Saves one run's job and brings it back. One thread at a time calls {@code take}, {@code
 * takeAtRest} and {@code awaitRestarted}; what they do while the job is killed from elsewhere fails
 * and leaves nothing wrong behind.
 */
public interface Checkpointer extends AutoCloseable {
  Backend backend();

  /** What must be equal on the machine that restarts an image; empty when nothing must. */
  String platform();

  /** The job as its sandbox is to start it from its beginning. */
  Program fresh(Program job);

  /**
   * The job as its sandbox is to start it from a saved generation, whose archive has been unpacked.
   *
   * @param generation the folder on this host that holds its files
   */
  Program restarted(Program job, Path generation);

  /**
   * Waits until a restarted job is what it was.
   *
   * @throws RestartException when it does not come back within the limit: the job must be killed
   */
  void awaitRestarted(SandboxProcess process, Duration limit)
      throws RestartException, InterruptedException;

  /**
   * Saves a running job, which goes on afterwards (or, by {@code self}, has ended). The job must
   * not be stopped.
   *
   * @param number names the generation's folder
   * @throws CheckpointException when nothing was saved; the job runs on unless it says otherwise
   */
  Taken take(SandboxProcess process, int number, Duration limit)
      throws CheckpointException, InterruptedException;

  /** True for the end by which a program says that it has saved its state and wants to go on. */
  boolean isCheckpoint(ProgramEnd end);

  /** Saves what a program left that ended with a checkpoint. */
  Taken takeAtRest(int number) throws CheckpointException, InterruptedException;

  /** Removes a generation's files from this host. */
  void discard(int number);

  @Override
  void close();
}
