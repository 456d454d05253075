package io.urubu.schedd.queue;

/** What can happen to a job. */
public sealed interface JobEvent {

  /** A claim takes the job. */
  record Assigned() implements JobEvent {}

  /** The shadow has given the run its rights, and closed every earlier one. */
  record Admitted(int run) implements JobEvent {}

  /** The shadow could not open the run, by the user's fault. */
  record AdmitFailed(int run, HoldReason reason) implements JobEvent {}

  /** The workstation does not have the run (any more), whatever became of it. */
  record RunLeft(int run, Departure departure, boolean machineFault) implements JobEvent {
    public RunLeft(int run, String reason, boolean machineFault) {
      this(run, new Departure("", reason), machineFault);
    }
  }

  /** The shadow says that the run has no rights any more, and how it ended. */
  record RunEnded(int run, RunOutcome outcome) implements JobEvent {}

  /** The shadow has a checkpoint of the run complete on disk and asks whether it counts. */
  record Prepared(int run, Generation generation) implements JobEvent {}

  /** A person wants something of the run. */
  record Ordered(Order order) implements JobEvent {}

  record Hold(HoldReason reason) implements JobEvent {}

  record Release(String reason) implements JobEvent {}

  record Remove(String reason) implements JobEvent {}
}
