package io.urubu.schedd.commands;

import io.urubu.command.PoolError;
import io.urubu.command.PoolException;
import io.urubu.protocol.id.JobId;
import io.urubu.schedd.queue.Batch;
import io.urubu.schedd.queue.HoldReason;
import io.urubu.schedd.queue.Job;
import io.urubu.schedd.queue.JobEvent;
import io.urubu.schedd.queue.JobState;
import io.urubu.schedd.queue.Order;
import io.urubu.schedd.queue.Queue;
import io.urubu.schedd.queue.QueueView;
import io.urubu.schedd.queue.Submission;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What people have done to jobs, for the command socket and the REST API. Everything is durable
 * when a method returns.
 */
public final class JobCommands {
  private static final int JOBS_PER_CALL = 2000;
  private static final int MAX_REASON = 4000;

  /** What can be done to a job, with HTCondor's words for it. */
  public enum Verb {
    REMOVE("remove", "marked for removal", "already marked for removal", "rm"),
    HOLD("hold", "held", "already held", "hold"),
    RELEASE("release", "released", "not held to be released", "release"),
    VACATE("vacate", "vacated", "is not running", "vacate_job"),
    VACATE_FAST("vacate", "fast-vacated", "is not running", "vacate_job"),
    SUSPEND("suspend", "suspended", "is not running", "suspend"),
    CONTINUE("continue", "continued", "is not running", "continue"),
    CHECKPOINT("checkpoint", "asked for a checkpoint", "is not running", "checkpoint");

    private final String infinitive;
    private final String done;
    private final String notDone;
    private final String command;

    Verb(String infinitive, String done, String notDone, String command) {
      this.infinitive = infinitive;
      this.done = done;
      this.notDone = notDone;
      this.command = command;
    }

    String missing(JobTarget.Id id) {
      return id.job().isPresent()
          ? "Job " + id + " not found"
          : "Couldn't find/" + infinitive + " all jobs in cluster " + id;
    }
  }

  /** What became of one job, or of an id that no job has. */
  public record Result(String id, boolean found, boolean done, String text) {}

  private final Queue queue;
  private final Predicate<String> maySubmit;

  /**
   * Makes the commands.
   *
   * @param maySubmit whether an account's jobs can be run here
   */
  public JobCommands(Queue queue, Predicate<String> maySubmit) {
    this.queue = queue;
    this.maySubmit = maySubmit;
  }

  public Submission.Receipt submit(Submission submission) throws PoolException {
    if (!maySubmit.test(submission.owner())) {
      throw new PoolException(
          PoolError.PERMISSION_DENIED,
          submission.owner() + " may not submit here: ask for a place in ALLOW_SUBMIT");
    }
    return queue.ask(batch -> batch.submit(submission));
  }

  public List<Result> act(Verb verb, Principal asking, JobTarget target, Optional<String> reason)
      throws PoolException {
    List<Result> results = new ArrayList<>();
    List<JobId> chosen = choose(verb, asking, target, results);
    String why = reason(verb, asking, reason);
    for (int from = 0; from < chosen.size(); from += JOBS_PER_CALL) {
      List<JobId> some = chosen.subList(from, Math.min(from + JOBS_PER_CALL, chosen.size()));
      results.addAll(queue.ask(batch -> act(batch, verb, asking, some, why)));
    }
    return results;
  }

  /** Finds the jobs that are meant, and tells of ids that no job has. */
  private List<JobId> choose(Verb verb, Principal asking, JobTarget target, List<Result> results) {
    QueueView view = queue.view();
    List<JobId> chosen = new ArrayList<>();
    if (target.ids().isEmpty()) {
      view.jobs()
          .filter(job -> asking.mayTouch(job.cluster().owner()))
          .filter(job -> target.accepts(job.ad()))
          .forEach(job -> chosen.add(job.id()));
      return chosen;
    }
    for (JobTarget.Id id : target.ids()) {
      List<JobId> found =
          view.cluster(id.cluster()).stream()
              .filter(job -> id.covers(job.id()))
              .filter(job -> target.accepts(job.ad()))
              .map(Job::id)
              .toList();
      if (found.isEmpty()) {
        results.add(new Result(id.toString(), false, false, verb.missing(id)));
      }
      chosen.addAll(found);
    }
    return chosen;
  }

  private static String reason(Verb verb, Principal asking, Optional<String> given) {
    String text =
        given
            .filter(reason -> !reason.isBlank())
            .orElse("via condor_" + verb.command + " (by user " + asking.account() + ")");
    return text.length() > MAX_REASON ? text.substring(0, MAX_REASON) : text;
  }

  private static List<Result> act(
      Batch batch, Verb verb, Principal asking, List<JobId> jobs, String reason) {
    List<Result> results = new ArrayList<>();
    for (JobId id : jobs) {
      Optional<Job> job = batch.job(id);
      if (job.isEmpty()) {
        results.add(new Result(id.toString(), false, false, "Job " + id + " not found"));
      } else if (!asking.mayTouch(job.get().cluster().owner())) {
        results.add(
            new Result(
                id.toString(),
                true,
                false,
                String.format(Locale.ROOT, "Permission denied to %s job %s", verb.infinitive, id)));
      } else {
        Optional<String> objection = objection(verb, job.get());
        boolean done = objection.isEmpty() && carryOut(batch, verb, id, reason);
        String text = "Job " + id + " " + (done ? verb.done : objection.orElse(verb.notDone));
        results.add(new Result(id.toString(), true, done, text));
      }
    }
    return results;
  }

  /** Why it cannot be done although the job is in the right state, or is done already. */
  private static Optional<String> objection(Verb verb, Job job) {
    return switch (verb) {
      case REMOVE, RELEASE, VACATE, VACATE_FAST -> Optional.empty();
      case HOLD ->
          job.life().state() instanceof JobState.Held
              ? Optional.of(verb.notDone)
              : Optional.empty();
      case SUSPEND -> job.isSuspendedByUser() ? Optional.of("already suspended") : Optional.empty();
      case CONTINUE -> whyNotContinued(job);
      case CHECKPOINT ->
          job.ad().string("WantCheckpointBackend").filter("none"::equalsIgnoreCase).isPresent()
              ? Optional.of("takes no checkpoints: its checkpoint_backend is none")
              : Optional.empty();
    };
  }

  private static Optional<String> whyNotContinued(Job job) {
    if (job.isSuspendedByUser() || !(job.life().state() instanceof JobState.Running)) {
      return Optional.empty();
    }
    return Optional.of(
        job.isSuspended()
            ? "is suspended by the owner of its machine, who alone continues it"
            : "is not suspended");
  }

  private static boolean carryOut(Batch batch, Verb verb, JobId id, String reason) {
    return switch (verb) {
      case REMOVE -> batch.apply(id, new JobEvent.Remove(reason));
      case HOLD -> batch.apply(id, new JobEvent.Hold(new HoldReason(1, 0, reason)));
      case RELEASE -> batch.apply(id, new JobEvent.Release(reason));
      case VACATE -> batch.order(id, new Order.Vacate(false, reason));
      case VACATE_FAST -> batch.order(id, new Order.Vacate(true, reason));
      case SUSPEND -> batch.order(id, new Order.Suspend(reason));
      case CONTINUE -> batch.order(id, new Order.Continue());
      case CHECKPOINT -> batch.order(id, new Order.TakeCheckpoint());
    };
  }
}
