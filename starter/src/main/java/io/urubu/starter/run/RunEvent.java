package io.urubu.starter.run;

import io.urubu.starter.sandbox.ProgramEnd;
import java.time.Duration;

/** What happens to a run. */
sealed interface RunEvent {
  /** The shadow serves it, for the first time or again. */
  record Opened(Duration lease) implements RunEvent {}

  /** A heartbeat sent at that tick was answered. */
  record Answered(long sentTick) implements RunEvent {}

  /** The shadow says that it has no rights. */
  record Rejected(String reason) implements RunEvent {}

  /** Its end is durable at the shadow. */
  record Finished() implements RunEvent {}

  /**
   * All that the program needs is there.
   *
   * @param generation from which it is to be started; 0 for its beginning
   */
  record InputsLaid(int generation, Saves.Plan plan) implements RunEvent {}

  record InputsFailed(RunEnd.Failed failure) implements RunEvent {}

  /** The sandbox stands and becomes the program. */
  record ProgramStarting() implements RunEvent {}

  /** The program is what it was when it was saved. */
  record Restarted() implements RunEvent {}

  record RestartFailed(RunEnd.Failed failure) implements RunEvent {}

  /**
   * Nothing of the program is left.
   *
   * @param isCheckpoint it saved itself and wants to go on
   */
  record ProgramEnded(ProgramEnd end, boolean isCheckpoint) implements RunEvent {}

  /** Something about its checkpoints. */
  sealed interface Saving extends RunEvent {}

  /** Somebody wants a checkpoint. */
  record CheckpointAsked() implements Saving {}

  /** The checkpoint's files lie complete on this machine. */
  record Taken(int number) implements Saving {}

  record TakeFailed(int number, String reason) implements Saving {}

  /** The checkpoint's files cannot be given to the shadow. */
  record UploadFailed(int number, String reason) implements Saving {}

  /** The checkpoint is durable. */
  record CheckpointCommitted(int number, int generation) implements Saving {}

  record CheckpointRefused(int number, String reason) implements Saving {}

  record OutputsStored() implements RunEvent {}

  record OutputsFailed(RunEnd.Failed failure) implements RunEvent {}

  /** The job has to stand still until that holder lets it go on. */
  record HoldAsked(Holder holder, String reason) implements RunEvent {}

  record ReleaseAsked(Holder holder) implements RunEvent {}

  /**
   * The startd or somebody above wants it to end.
   *
   * @param code the reason in one word
   */
  record EndAsked(boolean graceful, String reason, String code) implements RunEvent {}

  record StartdLost() implements RunEvent {}

  record StartdBack() implements RunEvent {}

  record Cleaned() implements RunEvent {}

  /** Time passed. */
  record Tick() implements RunEvent {}
}
