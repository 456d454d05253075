package io.urubu.schedd.queue;

import io.urubu.protocol.id.JobId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The queue in memory. The working state belongs to the queue's thread; {@link #published} is what
 * is durable, for readers.
 */
final class Books {
  final Map<JobId, Job> jobs = new HashMap<>();
  final Map<Integer, Integer> liveByCluster = new HashMap<>();
  final Map<String, Integer> liveByOwner = new HashMap<>();
  final Map<List<String>, Submission.Receipt> receipts = new HashMap<>();
  final Map<List<String>, LogMark> logMarks = new HashMap<>();
  final ConcurrentNavigableMap<JobId, Job> published = new ConcurrentSkipListMap<>();

  Optional<Job> job(JobId id) {
    return Optional.ofNullable(jobs.get(id));
  }

  void add(Job job) {
    jobs.put(job.id(), job);
    liveByCluster.merge(job.id().cluster(), 1, Integer::sum);
    liveByOwner.merge(job.cluster().owner(), 1, Integer::sum);
  }

  /** True when it was the last one of its cluster. */
  boolean remove(Job job) {
    jobs.remove(job.id());
    liveByOwner.merge(job.cluster().owner(), -1, Books::sumOrGone);
    return liveByCluster.merge(job.id().cluster(), -1, Books::sumOrGone) == null;
  }

  @SuppressWarnings("NullAway") // merge removes the entry on null, and its types cannot say so
  private static Integer sumOrGone(int a, int b) {
    return a + b == 0 ? null : Integer.valueOf(a + b);
  }

  void publish(Writes writes) {
    put(writes.newJobs.values());
    put(writes.changedJobs.values());
    writes.endedJobs.keySet().forEach(published::remove);
  }

  private void put(Collection<Job> changed) {
    changed.forEach(job -> published.put(job.id(), job));
  }
}
