package io.urubu.schedd.dispatch;

import io.urubu.protocol.id.JobId;
import io.urubu.schedd.queue.Batch;
import io.urubu.schedd.queue.Job;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Jobs that keep away from a machine where their restart failed, until their time is up. Belongs to
 * the queue's thread.
 */
final class Avoidances {
  private final Map<JobId, Instant> untilByJob = new HashMap<>();

  void changed(Job job, boolean isLive) {
    untilByJob.remove(job.id());
    if (isLive) {
      job.avoidsUntil().ifPresent(until -> untilByJob.put(job.id(), until));
    }
  }

  void look(Batch batch) {
    List<JobId> over =
        untilByJob.entrySet().stream()
            .filter(entry -> !entry.getValue().isAfter(batch.now()))
            .map(Map.Entry::getKey)
            .toList();
    over.forEach(batch::stopAvoiding);
  }
}
