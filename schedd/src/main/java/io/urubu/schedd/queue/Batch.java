package io.urubu.schedd.queue;

import io.urubu.classad.ClassAd;
import io.urubu.command.PoolError;
import io.urubu.command.PoolException;
import io.urubu.protocol.id.JobId;
import io.urubu.schedd.eventlog.EventText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One transaction while it is put together, on the queue's thread. Memory changes at once; what
 * others may see of it ({@link #afterCommit}) waits until it is durable.
 */
public final class Batch {
  private static final Duration FIRST_DELAY = Duration.ofSeconds(5);
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(10);

  /** Keeps a job and a machine that do not want each other from being matched in a tight loop. */
  private static final Duration AFTER_REFUSAL = Duration.ofSeconds(1);

  private final QueueSettings settings;
  private final Books books;
  private final JobWatcher watcher;
  private final Instant now;
  private final EventText text;
  private final List<Runnable> afterCommit = new ArrayList<>();
  private final Set<List<String>> logsBehind = new HashSet<>();
  final Writes writes = new Writes();
  private int nextCluster;
  private long nextEvent;

  Batch(QueueSettings settings, Books books, JobWatcher watcher, Epoch epoch, Instant now) {
    this.settings = settings;
    this.books = books;
    this.watcher = watcher;
    this.now = now;
    this.text = new EventText(settings.zone());
    this.nextCluster = epoch.nextCluster();
    this.nextEvent = epoch.nextEvent();
  }

  public Instant now() {
    return now;
  }

  /** The job as this batch has it so far. */
  public Optional<Job> job(JobId id) {
    return books.job(id);
  }

  /** Runs on the queue's thread when everything of this batch is durable. */
  public void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  void runAfterCommit() {
    afterCommit.forEach(Runnable::run);
    for (List<String> key : logsBehind) {
      LogMark mark = books.logMarks.get(key);
      if (mark != null) {
        watcher.logBehind(mark);
      }
    }
    watcher.batchDone();
  }

  Epoch after(Epoch before) {
    return new Epoch(before.schedd(), before.number(), before.batch() + 1, nextCluster, nextEvent);
  }

  /** Takes new jobs in; a request that was answered before gets the same answer. */
  public Submission.Receipt submit(Submission request) throws PoolException {
    List<String> key = List.of(request.owner(), request.requestId());
    Submission.Receipt earlier = books.receipts.get(key);
    if (earlier != null) {
      return earlier;
    }
    Cluster cluster = NewCluster.check(settings, request, nextCluster, now);
    int queued = books.liveByOwner.getOrDefault(request.owner(), 0);
    if (queued + request.jobs() > settings.maxJobsPerOwner()) {
      throw new PoolException(
          PoolError.LIMIT_EXCEEDED,
          "%s has %d jobs queued, %d more would exceed MAX_JOBS_PER_OWNER (%d): wait until some end"
              .formatted(request.owner(), queued, request.jobs(), settings.maxJobsPerOwner()));
    }
    nextCluster++;
    Submission.Receipt receipt = new Submission.Receipt(cluster.number(), cluster.jobs());
    books.receipts.put(key, receipt);
    writes.submissions.add(
        new Writes.Submission(
            request.owner(), request.requestId(), cluster.number(), cluster.jobs()));
    writes.newClusters.put(cluster.number(), cluster);
    for (int proc = 0; proc < cluster.jobs(); proc++) {
      add(NewCluster.job(cluster, proc, now));
    }
    return receipt;
  }

  private void add(Job job) {
    books.add(job);
    writes.newJobs.put(job.id(), job);
    watcher.changed(Optional.empty(), Optional.of(job));
    log(
        job,
        0,
        text.submitted(job.id(), now, settings.address().get(), job.string("SubmitEventNotes")));
    if (job.life().state() instanceof JobState.Held) {
      HoldReason reason = NewCluster.ON_HOLD;
      log(job, 12, text.held(job.id(), now, reason.text(), reason.code(), reason.subcode()));
    }
  }

  /** Gives the job to a claim; false when it does not wait any more. */
  public boolean assign(JobId id, RunInfo run) {
    Optional<Job> job = books.job(id);
    if (job.isEmpty() || !(job.get().life().state() instanceof JobState.Idle)) {
      return false;
    }
    ClassAd changes = JobAttributes.assigned(job.get().changes(), run.slot(), now);
    return step(job.get(), new JobEvent.Assigned(), changes, Optional.of(run));
  }

  /**
   * Lets something happen to a job.
   *
   * @return true when its state changed
   */
  public boolean apply(JobId id, JobEvent event) {
    return apply(id, event, ClassAd.empty());
  }

  /** The same, with what the shadow reports of the run. */
  public boolean apply(JobId id, JobEvent event, ClassAd report) {
    Optional<Job> found = books.job(id);
    if (found.isEmpty()) {
      return false;
    }
    Job job = found.get();
    return step(job, event, reported(job, event, report), job.run());
  }

  private ClassAd reported(Job job, JobEvent event, ClassAd report) {
    JobLife next = JobDecider.decide(job.life(), event).next();
    if (next.equals(job.life()) || job.run().isEmpty()) {
      return job.changes();
    }
    ClassAd changes = job.changes();
    switch (event) {
      case JobEvent.Prepared _ -> changes = JobAttributes.checkpointed(changes, report);
      case JobEvent.RunLeft(_, var departure, _) ->
          changes = RunAttributes.leaving(changes, departure);
      case JobEvent.RunEnded(_, var outcome)
          when next.state() instanceof JobState.Idle
              && job.run().get().executed()
              && !(outcome instanceof RunOutcome.RestartFailed) ->
          changes = RunAttributes.vacated(changes, outcome, report, now);
      case JobEvent.Assigned _,
          JobEvent.Admitted _,
          JobEvent.AdmitFailed _,
          JobEvent.RunEnded _,
          JobEvent.Ordered _,
          JobEvent.Hold _,
          JobEvent.Release _,
          JobEvent.Remove _ -> {}
    }
    return next.currentRun() > 0
        ? changes
        : RunAttributes.ended(JobAttributes.runEnded(changes, report, now), now);
  }

  /** Passes a person's wish on to the job's run; false when there is none that could hear it. */
  public boolean order(JobId id, Order order) {
    Optional<Job> found = books.job(id);
    if (found.isEmpty()) {
      return false;
    }
    Job job = found.get();
    Step step = JobDecider.decide(job.life(), new JobEvent.Ordered(order));
    ClassAd changes = RunAttributes.ordered(job.changes(), order);
    Job after = job.withChanges(step.actions().isEmpty() ? job.changes() : changes);
    if (!after.equals(job)) {
      change(job, after);
    }
    perform(after, step);
    return !step.actions().isEmpty();
  }

  private boolean step(Job job, JobEvent event, ClassAd changes, Optional<RunInfo> run) {
    Step step = JobDecider.decide(job.life(), event);
    JobLife next = step.next();
    if (next.equals(job.life())) {
      perform(job, step);
      return false;
    }
    ClassAd changed =
        JobAttributes.entered(
            JobAttributes.explained(CheckpointAttributes.stepped(job, changes, step, now), step),
            next,
            now);
    Job after =
        new Job(
            job.id(),
            job.cluster(),
            next,
            next.currentRun() > 0 ? run : Optional.empty(),
            changed,
            entered(job, next, changed),
            notBefore(job, next));
    boolean executed = job.run().isPresent() && job.run().get().executed();
    note(after, step, executed);
    if (next.hasEnded()) {
      end(job, after);
    } else {
      change(job, after);
    }
    perform(after, step);
    return true;
  }

  private Instant entered(Job before, JobLife next, ClassAd changes) {
    int was = JobAds.status(before.life().state(), before.changes());
    return JobAds.status(next.state(), changes) == was ? before.entered() : now;
  }

  private void perform(Job job, Step step) {
    for (JobAction action : step.actions()) {
      afterCommit.add(() -> watcher.perform(job, action));
    }
  }

  private Instant notBefore(Job before, JobLife next) {
    if (!(next.state() instanceof JobState.Idle)) {
      return before.notBefore();
    }
    if (next.failures() > before.life().failures()) {
      Duration delay = FIRST_DELAY.multipliedBy(1L << Math.min(next.failures() - 1, 10));
      return now.plus(delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY);
    }
    boolean refused = before.run().isPresent() && !before.run().get().executed();
    return refused ? now.plus(AFTER_REFUSAL) : now;
  }

  private void note(Job job, Step step, boolean executed) {
    JobLog log = new JobLog(text, job, now);
    for (JobAction action : step.actions()) {
      if (action instanceof JobAction.Note(var entry) && (executed || JobLog.standsAlone(entry))) {
        log(job, JobLog.kind(entry), log.text(entry));
      }
    }
  }

  private void change(Job before, Job after) {
    books.jobs.put(after.id(), after);
    if (writes.newJobs.containsKey(after.id())) {
      writes.newJobs.put(after.id(), after);
    } else {
      writes.changedJobs.put(after.id(), after);
    }
    watcher.changed(Optional.of(before), Optional.of(after));
  }

  private void end(Job before, Job after) {
    if (writes.newJobs.remove(after.id()) != null) {
      // Taken in by this very batch: its row must be there to be deleted, so write it as it came.
      writes.newJobs.put(after.id(), before);
    }
    writes.changedJobs.remove(after.id());
    writes.endedJobs.put(after.id(), after);
    if (books.remove(after)) {
      writes.endedClusters.add(after.id().cluster());
    }
    watcher.changed(Optional.of(before), Optional.empty());
  }

  /** The shadow's news of a run that goes on. */
  public void executing(JobId id, int run, ClassAd news) {
    currentRun(id, run)
        .filter(job -> !job.run().orElseThrow().executed())
        .ifPresent(
            job -> {
              change(
                  job,
                  new Job(
                      id,
                      job.cluster(),
                      job.life(),
                      job.run().map(RunInfo::started),
                      JobAttributes.executing(job, news, now),
                      job.entered(),
                      job.notBefore()));
              log(job, 1, text.executing(id, now, job.run().orElseThrow().slot(), news));
            });
  }

  public void usage(JobId id, int run, ClassAd news) {
    currentRun(id, run)
        .ifPresent(job -> change(job, job.withChanges(JobAttributes.usage(job.changes(), news))));
  }

  /** All processes of the run stand still. */
  public void suspended(JobId id, int run, ClassAd news) {
    currentRun(id, run)
        .filter(job -> !job.isSuspended())
        .ifPresent(
            job -> {
              changeRun(job, RunAttributes.suspended(job.changes(), news, now));
              log(job, 10, text.suspended(id, now, RunAttributes.processes(news)));
            });
  }

  public void continued(JobId id, int run) {
    currentRun(id, run)
        .filter(Job::isSuspended)
        .ifPresent(
            job -> {
              changeRun(job, RunAttributes.continued(job.changes(), now));
              log(job, 11, text.continued(id, now));
            });
  }

  public void checkpointFailed(JobId id, int run, String reason) {
    currentRun(id, run)
        .ifPresent(job -> changeRun(job, JobAttributes.checkpointFailed(job.changes(), reason)));
  }

  /** The job may go again to where its restart failed. */
  public void stopAvoiding(JobId id) {
    books
        .job(id)
        .ifPresent(job -> change(job, job.withChanges(CheckpointAttributes.withoutAvoidance(job))));
  }

  private void changeRun(Job job, ClassAd changes) {
    change(
        job,
        new Job(
            job.id(),
            job.cluster(),
            job.life(),
            job.run(),
            changes,
            entered(job, job.life(), changes),
            job.notBefore()));
  }

  public void disconnected(JobId id, int run, String reason) {
    currentRun(id, run)
        .ifPresent(
            job ->
                log(job, 22, text.disconnected(id, now, reason, job.run().orElseThrow().slot())));
  }

  public void reconnected(JobId id, int run) {
    currentRun(id, run)
        .ifPresent(job -> log(job, 23, text.reconnected(id, now, job.run().orElseThrow().slot())));
  }

  private Optional<Job> currentRun(JobId id, int run) {
    return books.job(id).filter(job -> job.life().currentRun() == run);
  }

  /** The shadow has written the log up to the event; gives what is so when that is durable. */
  public Optional<LogMark> logWritten(String owner, String path, long sequence, long size) {
    LogMark mark = books.logMarks.get(List.of(owner, path));
    if (mark == null || sequence <= mark.written() || sequence > mark.last()) {
      return Optional.empty();
    }
    LogMark next = new LogMark(owner, path, sequence, size, mark.last());
    putMark(next);
    return Optional.of(next);
  }

  private void log(Job job, int kind, String entry) {
    String owner = job.cluster().owner();
    String path = JobLog.path(job);
    long sequence = nextEvent++;
    writes.events.add(new LogEvent(sequence, job.id(), kind, now, owner, path, entry));
    if (!path.isEmpty()) {
      LogMark mark = books.logMarks.get(List.of(owner, path));
      putMark((mark == null ? new LogMark(owner, path, 0, -1, 0) : mark).upTo(sequence));
      logsBehind.add(List.of(owner, path));
    }
  }

  private void putMark(LogMark mark) {
    List<String> key = List.of(mark.owner(), mark.path());
    books.logMarks.put(key, mark);
    writes.logMarks.put(key, mark);
  }
}
