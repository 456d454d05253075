package io.urubu.schedd.queue;

/** Where a job is in its life. */
public sealed interface JobState {

  /** Waits for a machine. */
  record Idle() implements JobState {}

  /** Has a claim; the user's shadow is to give the run its rights. */
  record Starting(int run) implements JobState {}

  /** The run has rights; the workstation is to run it, or does. */
  record Running(int run) implements JobState {}

  /** The run is to lose its rights; when the shadow says that it has, {@code after} follows. */
  record Closing(int run, After after) implements JobState {}

  /** Waits for a person. */
  record Held() implements JobState {}

  /** The program ended by itself and its outputs are in place. */
  record Completed() implements JobState {}

  /** Taken from the queue by a person. */
  record Removed() implements JobState {}

  /** What becomes of a job whose run was closed before the program's end. */
  sealed interface After {

    /** It is tried again; at once, or later when the machine was at fault. */
    record Again(boolean machineFault) implements After {}

    record Hold(HoldReason reason) implements After {}

    record Remove(String reason) implements After {}
  }
}
