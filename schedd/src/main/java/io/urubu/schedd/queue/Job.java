package io.urubu.schedd.queue;

import io.urubu.classad.ClassAd;
import io.urubu.protocol.id.JobId;
import java.time.Instant;
import java.util.Optional;

/**
 * One job as it is now. Its whole ad is put together when somebody asks for it.
 *
 * @param run there is one exactly when the life has a current run
 * @param changes attributes that differ from the cluster's
 * @param entered when the job got its status
 * @param notBefore an idle job is not started earlier
 */
public record Job(
    JobId id,
    Cluster cluster,
    JobLife life,
    Optional<RunInfo> run,
    ClassAd changes,
    Instant entered,
    Instant notBefore) {

  public Job {
    if ((life.currentRun() > 0) != run.isPresent()) {
      throw new IllegalStateException("job " + id + " is " + life.state() + " with run " + run);
    }
  }

  public ClassAd ad() {
    return JobAds.full(this);
  }

  public int priority() {
    return Math.clamp(attribute("JobPrio"), Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /** A string of the ad; cheaper than the whole ad where jobs of a cluster share it. */
  Optional<String> string(String name) {
    if (cluster.template().has(name) || changes.has(name)) {
      return ad().string(name);
    }
    return cluster.ad().string(name);
  }

  private long attribute(String name) {
    return changes.has(name)
        ? changes.integer(name).orElse(0)
        : cluster.ad().integer(name).orElse(0);
  }

  Job withChanges(ClassAd next) {
    return new Job(id, cluster, life, run, next, entered, notBefore);
  }
}
