package io.urubu.schedd.queue;

/** How a run ended, as the shadow has it on disk. */
public sealed interface RunOutcome {

  /** The program ended and its outputs are published. */
  record Exited() implements RunOutcome {}

  /** The run was ended before the program was. */
  record Closed(String reason) implements RunOutcome {}

  /** The workstation could not run it. */
  record MachineFailed(String reason) implements RunOutcome {}

  /** Nothing was heard of the workstation for the lease. */
  record Lost(String reason) implements RunOutcome {}

  /** The user must mend something. */
  record UserFailed(HoldReason reason) implements RunOutcome {}
}
