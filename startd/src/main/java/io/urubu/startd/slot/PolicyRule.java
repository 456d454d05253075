package io.urubu.startd.slot;

/** The owner's expressions that are true or not, by the names that configuration files have. */
public enum PolicyRule {
  /** Whether a job may begin. */
  START,
  /** Whether {@link #SUSPEND} is asked at all; without it, {@link #PREEMPT} is. */
  WANT_SUSPEND,
  /** Whether a running job must stand still. */
  SUSPEND,
  /** Whether a job that stands still may go on. */
  CONTINUE,
  /** Whether the job must leave. */
  PREEMPT,
  /** Whether a job that must leave may save itself first. */
  WANT_VACATE,
  /** Whether a job that is leaving has had time enough. */
  KILL,
  /** Whether a running job's state is saved now. */
  PERIODIC_CHECKPOINT
}
