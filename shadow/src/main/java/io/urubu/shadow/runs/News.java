package io.urubu.shadow.runs;

/** What the schedd is told about a run while it lasts. */
public enum News {
  /** The job's program was started. */
  EXECUTING,
  /** The starter's stream broke. */
  DISCONNECTED,
  /** The starter came back. */
  RECONNECTED,
  /** What the job has used so far. */
  USAGE,
  /** All processes of the job stand still. */
  SUSPENDED,
  /** They go on. */
  CONTINUED,
  /** A checkpoint was tried and did not come about. */
  CHECKPOINT_FAILED
}
