package io.urubu.schedd.queue;

import java.util.List;

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

  /** Pass a person's wish on to the workstation. */
  record Tell(int run, Order order) implements JobAction {}

  /** Tell the shadow that the checkpoint counts, and which others do. */
  record Recorded(int run, int generation, List<Integer> kept) implements JobAction {
    public Recorded {
      kept = List.copyOf(kept);
    }
  }

  /** Tell the shadow that the checkpoint will never count, and which do. */
  record NotRecorded(int run, int generation, String reason, List<Integer> kept)
      implements JobAction {
    public NotRecorded {
      kept = List.copyOf(kept);
    }
  }

  /** Tell the shadow that the end of the run is durable here. */
  record Settle(int run) implements JobAction {}

  /** Write into the user's event log. */
  record Note(Entry entry) implements JobAction {}

  /** Move the job to the history. */
  record Archive() implements JobAction {}

  /** An entry of the event log that follows from a step. */
  sealed interface Entry {
    record Terminated() implements Entry {}

    /** The run ended before its program; {@code checkpointed}: with a checkpoint of its end. */
    record Evicted(String reason, boolean checkpointed) implements Entry {
      Evicted(String reason) {
        this(reason, false);
      }
    }

    record Checkpointed(Generation generation) implements Entry {}

    /** The run could not go on from its checkpoint. */
    record RestartFailed(int generation, String reason, Checkpoints.Setback setback)
        implements Entry {}

    record Aborted(String reason) implements Entry {}

    record Held(HoldReason reason) implements Entry {}

    record Released(String reason) implements Entry {}

    record ReconnectFailed(String reason) implements Entry {}
  }
}
