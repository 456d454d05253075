package io.urubu.schedd.commands;

import io.urubu.classad.ClassAd;
import io.urubu.command.PoolError;
import io.urubu.command.PoolException;
import io.urubu.schedd.queue.History;
import io.urubu.schedd.queue.Job;
import io.urubu.schedd.queue.QueueView;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Questions about jobs, live and ended, for the command socket and the REST API. Who asks sees only
 * what is his own, unless he is an administrator and asks for everybody's.
 */
public final class JobQueries {
  private final QueueView queue;
  private final History history;

  public JobQueries(QueueView queue, History history) {
    this.queue = queue;
    this.history = history;
  }

  /**
   * A question.
   *
   * @param allUsers an administrator's wish to see everybody's jobs
   * @param limit most jobs in the answer
   * @param projection attributes that are wanted; when empty, all
   */
  public record Question(JobTarget target, boolean allUsers, int limit, List<String> projection) {
    public Question {
      projection = List.copyOf(projection);
    }
  }

  /** Gives the ads of live jobs in the order of their ids, until the reader returns false. */
  public void live(Principal asking, Question question, Predicate<ClassAd> reader) {
    boolean all = asking.administrator() && question.allUsers();
    int left = question.limit();
    var jobs =
        candidates(question.target())
            .filter(job -> all || job.cluster().owner().equals(asking.account()))
            .filter(job -> question.target().covers(job.id()))
            .iterator();
    while (left > 0 && jobs.hasNext()) {
      ClassAd ad = jobs.next().ad();
      if (question.target().accepts(ad)) {
        left--;
        if (!reader.test(project(ad, question.projection()))) {
          return;
        }
      }
    }
  }

  private Stream<Job> candidates(JobTarget target) {
    if (target.ids().isEmpty()) {
      return queue.jobs();
    }
    return target.ids().stream()
        .map(JobTarget.Id::cluster)
        .distinct()
        .sorted(Comparator.naturalOrder())
        .flatMap(cluster -> queue.cluster(cluster).stream());
  }

  /** Gives the ads of ended jobs, newest first, until the reader returns false. */
  public void ended(Principal asking, Question question, Predicate<ClassAd> reader)
      throws PoolException {
    boolean all = asking.administrator() && question.allUsers();
    String owner = all ? "" : asking.account();
    int[] left = {question.limit()};
    Predicate<ClassAd> wanted =
        ad -> {
          if (left[0] <= 0) {
            return false;
          }
          if (!question.target().accepts(ad)) {
            return true;
          }
          left[0]--;
          return reader.test(project(ad, question.projection()));
        };
    try {
      if (question.target().ids().isEmpty()) {
        history.read(History.Question.all(owner), wanted);
      }
      for (JobTarget.Id id : question.target().ids()) {
        history.read(
            new History.Question(owner, id.cluster(), id.job().map(job -> job.proc()).orElse(-1)),
            wanted);
      }
    } catch (SQLException e) {
      throw new PoolException(
          PoolError.DATABASE_UNAVAILABLE,
          "the schedd's database does not answer: try again later",
          e);
    }
  }

  private static ClassAd project(ClassAd ad, List<String> projection) {
    if (projection.isEmpty()) {
      return ad;
    }
    ClassAd.Builder some = ad.toBuilder();
    ad.names().stream()
        .filter(name -> projection.stream().noneMatch(name::equalsIgnoreCase))
        .forEach(some::remove);
    return some.build();
  }
}
