package io.urubu.starter.run;

import java.time.Duration;

/** What the shell does for the decider; each may be done again without harm. */
sealed interface RunAction {
  record FetchInputs() implements RunAction {}

  /**
   * Starts the program.
   *
   * @param generation from which; 0 for its beginning
   */
  record StartProgram(int generation) implements RunAction {}

  /** Tells shadow and startd that the program runs. */
  record TellExecuting() implements RunAction {}

  /** Stops every process at once and tells the startd. */
  record Freeze() implements RunAction {}

  /** Lets every process go on and tells the startd. */
  record Thaw() implements RunAction {}

  /** Tells the shadow that the job stands still. */
  record TellSuspended(String reason) implements RunAction {}

  /** Tells the shadow that the job goes on. */
  record TellContinued() implements RunAction {}

  /** Asks the program to end. */
  record Terminate() implements RunAction {}

  record Kill() implements RunAction {}

  /** Removes the files from which the program came back. */
  record DropRestored() implements RunAction {}

  /** Saves the running program. */
  record Take(int number, Duration limit) implements RunAction {}

  /** Saves what a program left that saved itself and ended. */
  record TakeAtRest(int number) implements RunAction {}

  /**
   * Gives a checkpoint's files to the shadow and says so.
   *
   * @param isLeaving the job does not go on here
   */
  record Upload(int number, boolean isLeaving) implements RunAction {}

  /** Ends that checkpoint's upload and removes its files. */
  record Discard(int number) implements RunAction {}

  /** Tells the startd that the checkpoint is durable. */
  record TellCheckpointed(int number, int generation) implements RunAction {}

  /** Tells the shadow that no checkpoint came about. */
  record TellCheckpointFailed(String reason) implements RunAction {}

  /** Tells the startd that no process of the job is left. */
  record TellLeftMemory() implements RunAction {}

  record StoreOutputs() implements RunAction {}

  /** Tells the shadow how it ended. */
  record Report(RunEnd end) implements RunAction {}

  /** Ends transfers and the link, removes every file. */
  record Clean() implements RunAction {}

  /** Tells the startd, until it says that it knows. */
  record TellGone(String reason) implements RunAction {}
}
