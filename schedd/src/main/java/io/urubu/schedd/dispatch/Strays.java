package io.urubu.schedd.dispatch;

import io.urubu.protocol.id.JobId;
import io.urubu.schedd.queue.Batch;
import io.urubu.schedd.queue.Job;
import io.urubu.schedd.queue.JobEvent;
import io.urubu.schedd.queue.JobState;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Runs that no claim holds and that were never seen to execute: their workstation went while this
 * schedd was down. They are closed after a while, which their shadow decides; a run that did
 * execute is left its lease. Belongs to the queue's thread.
 */
final class Strays {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final DispatchSettings settings;
  private final Map<JobId, Long> since = new HashMap<>();

  Strays(DispatchSettings settings) {
    this.settings = settings;
  }

  void look(Batch batch, Collection<JobId> jobsWithRuns, Predicate<Job> isClaimed) {
    since.keySet().retainAll(jobsWithRuns);
    for (JobId id : jobsWithRuns) {
      Job job = batch.job(id).orElseThrow();
      boolean closing = job.life().state() instanceof JobState.Closing;
      if (closing || job.run().orElseThrow().executed() || isClaimed.test(job)) {
        since.remove(id);
      } else if (settings.isOver(since.computeIfAbsent(id, _ -> settings.now()), PATIENCE)) {
        since.remove(id);
        batch.apply(
            id,
            new JobEvent.RunLeft(
                job.life().currentRun(), "the workstation did not come back", false));
      }
    }
  }
}
