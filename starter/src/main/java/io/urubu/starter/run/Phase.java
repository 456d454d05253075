package io.urubu.starter.run;

import java.util.Optional;

/** How far a run has come. */
sealed interface Phase {
  /** The shadow has not opened it yet. */
  record Opening() implements Phase {}

  /** Its inputs, and what it was saved as, are on their way. */
  record Fetching() implements Phase {}

  /** Ready to start, but the machine or the user does not want it to run now. */
  record Waiting() implements Phase {}

  /**
   * The program is coming back from a checkpoint.
   *
   * @param generation the checkpoint
   * @param failAt when it counts as not having come back (a tick)
   * @param ended the program's end, while it is open whether it had come back before
   */
  record Restoring(int generation, long failAt, Optional<RunEvent.ProgramEnded> ended)
      implements Phase {}

  /**
   * The program runs.
   *
   * @param isUp its sandbox stands
   */
  record Running(boolean isUp) implements Phase {}

  /**
   * The program saved itself and ended; it is started again when its files are safe.
   *
   * @param number of the checkpoint
   */
  record Resting(int number) implements Phase {}

  /**
   * The program is saved for the last time, then it has to go.
   *
   * @param number of the checkpoint
   * @param killAt when it is killed if that fails (a tick)
   * @param isProgramGone it saved itself and ended
   */
  record Saving(RunEnd.Vacated end, int number, long killAt, boolean isProgramGone)
      implements Phase {}

  /** The program was saved and killed, and is not gone yet. */
  record Emptying(RunEnd.Vacated end, int number) implements Phase {}

  /**
   * Nothing of the job is in memory; its checkpoint goes to the shadow.
   *
   * @param isLast the checkpoint is of the job's last moment
   */
  record Uploading(RunEnd.Vacated end, int number, boolean isLast) implements Phase {}

  /**
   * The program was told to end.
   *
   * @param report what the shadow will be told; empty when it knows or must not hear of it
   * @param killAt when it is killed (a tick)
   */
  record Leaving(String reason, Optional<RunEnd> report, long killAt) implements Phase {}

  /** The program was killed since it did not come back from a checkpoint. */
  record Failing(RunEnd.Failed failure) implements Phase {}

  /**
   * The program has ended, its outputs go to the shadow.
   *
   * @param giveUpAt when they are left behind; empty while the owner has not asked for the machine
   * @param isTold a shadow was told of the end before, perhaps with success
   */
  record Storing(RunEnd.Exited end, Optional<Long> giveUpAt, boolean isTold) implements Phase {}

  /** The shadow is told again and again how it ended until it has that safely. */
  record Reporting(RunEnd end, Optional<Long> giveUpAt) implements Phase {}

  /** What is left of it is removed. */
  record Cleaning(String reason) implements Phase {}

  /** Nothing of it is left. */
  record Gone(String reason) implements Phase {}

  /** Whether a program may be there that can be stopped and continued. */
  default boolean hasProgram() {
    return switch (this) {
      case Restoring _, Running _ -> true;
      case Opening _,
          Fetching _,
          Waiting _,
          Resting _,
          Saving _,
          Emptying _,
          Uploading _,
          Leaving _,
          Failing _,
          Storing _,
          Reporting _,
          Cleaning _,
          Gone _ ->
          false;
    };
  }

  /** Whether the job is meant to go on here. */
  default boolean isGoingOn() {
    return switch (this) {
      case Opening _, Fetching _, Waiting _, Restoring _, Running _, Resting _ -> true;
      case Saving _,
          Emptying _,
          Uploading _,
          Leaving _,
          Failing _,
          Storing _,
          Reporting _,
          Cleaning _,
          Gone _ ->
          false;
    };
  }
}
