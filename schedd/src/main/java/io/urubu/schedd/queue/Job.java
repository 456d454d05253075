package io.urubu.schedd.queue;

import io.urubu.classad.ClassAd;
import io.urubu.protocol.id.JobId;
import java.time.Instant;
import java.util.List;
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

  /** True while all processes of its run stand still. */
  public boolean isSuspended() {
    return run.isPresent() && RunAttributes.isSuspended(changes);
  }

  /** True when a person wants the run to stand still. */
  public boolean isSuspendedByUser() {
    return run.isPresent() && RunAttributes.isSuspendedByUser(changes);
  }

  /** What its workstation is to be told of its run, however often. */
  public List<Order> standingOrders() {
    return RunAttributes.standing(changes);
  }

  /** Set when a restart failed on a machine to which the job is not to go for a while. */
  public Optional<Instant> avoidsUntil() {
    return CheckpointAttributes.avoidsUntil(changes);
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
