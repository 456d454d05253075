package io.urubu.schedd.queue;

import io.urubu.protocol.id.JobId;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * The durable live queue, for readers on any thread. Jobs are immutable; each is as of some time.
 */
public final class QueueView {
  private final NavigableMap<JobId, Job> jobs;
  private final BooleanSupplier databaseAway;

  QueueView(NavigableMap<JobId, Job> jobs, BooleanSupplier databaseAway) {
    this.jobs = jobs;
    this.databaseAway = databaseAway;
  }

  /** In the order of their ids. */
  public Stream<Job> jobs() {
    return jobs.values().stream();
  }

  public Optional<Job> job(JobId id) {
    return Optional.ofNullable(jobs.get(id));
  }

  /** The live jobs of one cluster, in order. */
  public Collection<Job> cluster(int cluster) {
    return cluster < 1
        ? jobs.headMap(new JobId(1, 0)).values()
        : jobs.subMap(new JobId(cluster, 0), true, new JobId(cluster, Integer.MAX_VALUE), true)
            .values();
  }

  public int size() {
    return jobs.size();
  }

  /** True while nothing can be changed because the database does not answer. */
  public boolean isDatabaseAway() {
    return databaseAway.getAsBoolean();
  }
}
