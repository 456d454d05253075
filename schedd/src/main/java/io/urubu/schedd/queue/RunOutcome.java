package io.urubu.schedd.queue;

/** How a run ended, as the shadow has it on disk. */
public sealed interface RunOutcome {

  /** The program ended and its outputs are published. */
  record Exited() implements RunOutcome {}

  /** The run was ended before the program was. */
  record Closed(String reason, boolean checkpointed) implements RunOutcome {
    Closed(String reason) {
      this(reason, false);
    }
  }

  /** The workstation could not run it. */
  record MachineFailed(String reason) implements RunOutcome {}

  /**
   * The workstation could not go on from the checkpoint.
   *
   * @param damaged the checkpoint's bytes are not what was stored
   */
  record RestartFailed(int generation, boolean damaged, String reason) implements RunOutcome {}

  /** Nothing was heard of the workstation for the lease. */
  record Lost(String reason) implements RunOutcome {}

  /** The user must mend something. */
  record UserFailed(HoldReason reason) implements RunOutcome {}
}
