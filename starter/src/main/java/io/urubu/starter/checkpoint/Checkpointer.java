package io.urubu.starter.checkpoint;

import io.urubu.starter.sandbox.Places;
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

  /** What a run's sandbox must show for this; the rest stays as it is. */
  Places shown(Places plain);

  /** The job as its sandbox is to start it from its beginning. */
  Program fresh(Program job);

  /**
   * Makes the run's folders what they were at a generation's cut. Inputs have been laid down
   * before; they stay only where the generation holds nothing but the program's own list of files.
   *
   * @throws RestartException when the archive is damaged, or there is no room for it
   */
  void unpack(Path generation, Duration limit) throws RestartException, InterruptedException;

  /**
   * The job as its sandbox is to start it from a saved generation, which has been unpacked. A
   * program that saves itself and goes on in the same folders is started by this, too.
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
   * not be stopped; if it is stopped meanwhile the limit stands still, too. A program that saves
   * itself is sent its signal; this returns after {@link #ended} was told, and has done what {@link
   * #takeAtRest} does.
   *
   * @param number names the generation's folder
   * @throws CheckpointException when nothing was saved; the job runs on unless it says otherwise
   */
  Taken take(SandboxProcess process, int number, Duration limit)
      throws CheckpointException, InterruptedException;

  /**
   * To be told every end that {@link SandboxProcess#await} returns; answers how the job ended in
   * truth. A program that a failed checkpoint or restart has ended is {@link ProgramEnd.Broken}:
   * that is no exit of the job.
   */
  ProgramEnd ended(SandboxProcess process, ProgramEnd end);

  /**
   * To be told when the run knows of the end that {@link #ended} answered: a take that waits for
   * the program's end may go on, and what it answers comes after the end.
   */
  default void reported(ProgramEnd end) {}

  /** True for the end by which a program says that it has saved its state and wants to go on. */
  boolean isCheckpoint(ProgramEnd end);

  /** Saves what a program left that ended with a checkpoint. */
  Taken takeAtRest(int number) throws CheckpointException, InterruptedException;

  /** Removes a generation's files from this host. */
  void discard(int number);

  @Override
  void close();
}
