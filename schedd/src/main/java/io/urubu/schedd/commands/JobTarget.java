package io.urubu.schedd.commands;

import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.classad.Expression;
import io.urubu.command.PoolError;
import io.urubu.command.PoolException;
import io.urubu.protocol.id.JobId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which jobs are meant.
 *
 * @param ids clusters and jobs; when there are none, all
 * @param constraint narrows them down further
 */
public record JobTarget(List<Id> ids, Optional<Expression> constraint) {
  private static final int MAX_IDS = 10_000;
  private static final ClassAd NO_TARGET = ClassAd.empty();

  /** A whole cluster, or one job of it. */
  public record Id(int cluster, Optional<JobId> job) {
    @Override
    public String toString() {
      return job.map(JobId::toString).orElse(Integer.toString(cluster));
    }

    boolean covers(JobId other) {
      return job.map(other::equals).orElse(other.cluster() == cluster);
    }
  }

  public JobTarget {
    ids = List.copyOf(ids);
  }

  public static JobTarget parse(List<String> texts, Optional<String> constraint)
      throws PoolException {
    if (texts.size() > MAX_IDS) {
      throw new PoolException(
          PoolError.LIMIT_EXCEEDED,
          "%d ids, %d are allowed: ask in parts or use a constraint"
              .formatted(texts.size(), MAX_IDS));
    }
    List<Id> ids = new ArrayList<>();
    for (String text : texts) {
      ids.add(id(text));
    }
    try {
      return new JobTarget(
          ids,
          constraint.isPresent() && !constraint.get().isBlank()
              ? Optional.of(Expression.parse(constraint.get()))
              : Optional.empty());
    } catch (ClassAdSyntaxException e) {
      throw new PoolException(
          PoolError.EXPRESSION_INVALID,
          "the constraint does not parse: " + e.getMessage() + ": correct it",
          e);
    }
  }

  private static Id id(String text) throws PoolException {
    Optional<JobId> job = JobId.parse(text);
    if (job.isPresent()) {
      return new Id(job.get().cluster(), job);
    }
    if (text.matches("[1-9][0-9]{0,8}")) {
      return new Id(Integer.parseInt(text), Optional.empty());
    }
    throw new PoolException(
        PoolError.REQUEST_INVALID, "'" + text + "' is no job: write CLUSTER or CLUSTER.PROC");
  }

  public boolean covers(JobId id) {
    return ids.isEmpty() || ids.stream().anyMatch(wanted -> wanted.covers(id));
  }

  public boolean accepts(ClassAd ad) {
    return constraint.isEmpty() || constraint.get().isTrue(ad, NO_TARGET);
  }
}
