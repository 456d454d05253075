package io.urubu.schedd.queue;

import java.util.Optional;

/** Told of the queue's changes, on the queue's thread. */
public interface JobWatcher {

  /** A job is new (no before), differs, or has left (no after); not durable yet. */
  void changed(Optional<Job> before, Optional<Job> after);

  /** A step is durable: do what follows from it. The job is as the step left it. */
  void perform(Job job, JobAction action);

  /** An event log is behind; durable. */
  void logBehind(LogMark mark);

  /** Everything that came together is durable and done. */
  void batchDone();
}
