package io.urubu.schedd.queue;

import java.util.Optional;

/** Watches until the real watcher is there. */
final class NobodyWatches implements JobWatcher {
  @Override
  public void changed(Optional<Job> before, Optional<Job> after) {}

  @Override
  public void perform(Job job, JobAction action) {}

  @Override
  public void logBehind(LogMark mark) {}

  @Override
  public void batchDone() {}
}
