package io.urubu.schedd.queue;

/** What a person wants done to a job's run while it goes on; the workstation is told. */
public sealed interface Order {

  /**
   * The job is to leave its machine and run again, here or elsewhere.
   *
   * @param fast without time to save anything
   */
  record Vacate(boolean fast, String reason) implements Order {}

  /** The job is to stand still, whatever its machine's owner allows. */
  record Suspend(String reason) implements Order {}

  /** The wish to stand still is over. */
  record Continue() implements Order {}

  record TakeCheckpoint() implements Order {}
}
