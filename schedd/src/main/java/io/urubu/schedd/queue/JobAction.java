package io.urubu.schedd.queue;

/** What is to be done once a step is durable. Each may be done again after a crash. */
public sealed interface JobAction {

  /** Ask the shadow to give the run its rights. */
  record Admit(int run) implements JobAction {}

  /** Send the run to the workstation. */
  record Activate(int run) implements JobAction {}

  /** Ask the shadow to take the run's rights away. */
  record CloseRun(int run, String reason) implements JobAction {}

  /** Have the workstation end the run and clean up. */
  record Deactivate(int run, String reason) implements JobAction {}

  /** Tell the shadow that the end of the run is durable here. */
  record Settle(int run) implements JobAction {}

  /** Write into the user's event log. */
  record Note(Entry entry) implements JobAction {}

  /** Move the job to the history. */
  record Archive() implements JobAction {}

  /** An entry of the event log that follows from a step. */
  sealed interface Entry {
    record Terminated() implements Entry {}

    record Evicted(String reason) implements Entry {}

    record Aborted(String reason) implements Entry {}

    record Held(HoldReason reason) implements Entry {}

    record Released(String reason) implements Entry {}

    record ReconnectFailed(String reason) implements Entry {}
  }
}
