package io.urubu.starter.run;

import java.util.Optional;

/** How far a run has come. */
sealed interface Phase {
  /** The shadow has not opened it yet. */
  record Opening() implements Phase {}

  /** Its inputs are on their way. */
  record Fetching() implements Phase {}

  /** Ready to start, but no startd is there to say that the machine is free. */
  record Waiting() implements Phase {}

  /** The program runs. */
  record Running() implements Phase {}

  /**
   * The program was told to end.
   *
   * @param report what the shadow will be told; empty when it knows or must not hear of it
   * @param killAt when it is killed (a tick)
   */
  record Leaving(String reason, Optional<RunEnd> report, long killAt) implements Phase {}

  /**
   * The program has ended, its outputs go to the shadow.
   *
   * @param giveUpAt when they are left behind; empty while the owner has not asked for the machine
   */
  record Storing(RunEnd.Exited end, Optional<Long> giveUpAt) implements Phase {}

  /** The shadow is told again and again how it ended until it has that safely. */
  record Reporting(RunEnd end, Optional<Long> giveUpAt) implements Phase {}

  /** What is left of it is removed. */
  record Cleaning(String reason) implements Phase {}

  /** Nothing of it is left. */
  record Gone(String reason) implements Phase {}
}
