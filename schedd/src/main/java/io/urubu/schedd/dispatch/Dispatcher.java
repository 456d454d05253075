package io.urubu.schedd.dispatch;

import io.urubu.schedd.claim.ClaimNews;
import io.urubu.schedd.negotiate.Demand;
import io.urubu.schedd.negotiate.MatchNews;
import io.urubu.schedd.negotiate.Waiting;
import io.urubu.schedd.queue.History;
import io.urubu.schedd.queue.Job;
import io.urubu.schedd.queue.JobAction;
import io.urubu.schedd.queue.JobWatcher;
import io.urubu.schedd.queue.LogMark;
import io.urubu.schedd.queue.Queue;
import io.urubu.schedd.shadows.ShadowNews;
import io.urubu.schedd.shadows.ShadowStarts;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Brings jobs, claims and shadows together: takes what comes from outside to the queue's thread,
 * and carries out what follows from the jobs' steps.
 */
public final class Dispatcher implements JobWatcher {
  private final Queue queue;
  private final InstantSource clock;
  private final Waiting waiting = new Waiting();
  private final ClaimDesk claims;
  private final ShadowDesk shadows;
  private final Avoidances avoidances = new Avoidances();
  private final Consumer<List<Demand>> demand;
  // Counts for people, written by the queue's thread.
  private volatile Counts counts = new Counts(0, 0);

  /** How many claims and shadows there are. */
  public record Counts(int claims, int shadows) {}

  /** Where the dispatcher finds the rest of the world. */
  public record Outside(
      History history, ShadowStarts starts, Executor executor, Consumer<List<Demand>> demand) {}

  public Dispatcher(
      DispatchSettings settings,
      String userDomain,
      Queue queue,
      InstantSource clock,
      Outside outside) {
    this.queue = queue;
    this.clock = clock;
    this.demand = outside.demand();
    LogDesk logs = new LogDesk(settings, queue, outside.history(), outside.executor());
    this.shadows =
        new ShadowDesk(
            settings, userDomain, logs, shadow -> start(shadow, outside), this::shadowIs);
    this.claims = new ClaimDesk(settings, waiting, shadows::endpoint);
  }

  public Counts counts() {
    return counts;
  }

  public void claim(ClaimNews news) {
    queue.post(batch -> claims.take(batch, news));
  }

  public void shadow(ShadowNews news) {
    queue.post(batch -> shadows.take(batch, news));
  }

  public void match(MatchNews news) {
    queue.post(
        batch -> {
          switch (news) {
            case MatchNews.Significant(var names) -> waiting.significant(names, batch.now());
            case MatchNews.Matched matched -> claims.matched(batch, matched);
          }
        });
  }

  /** To be called about every second. */
  public void tick() {
    queue.post(
        batch -> {
          waiting.wake(batch.now());
          avoidances.look(batch);
          claims.tick(batch);
          shadows.tick();
        });
  }

  private void start(Shadow shadow, Outside outside) {
    outside
        .executor()
        .execute(
            () -> {
              ShadowStarts.Result result = outside.starts().start(shadow.account, shadow.user);
              queue.post(_ -> shadows.startTried(shadow, result));
            });
  }

  private void shadowIs(String user) {
    claims.shadowIs(user);
  }

  @Override
  public void changed(Optional<Job> before, Optional<Job> after) {
    waiting.changed(before, after, clock.instant());
    claims.changed(before, after);
    shadows.changed(before, after);
    avoidances.changed(after.or(() -> before).orElseThrow(), after.isPresent());
  }

  @Override
  public void perform(Job job, JobAction action) {
    switch (action) {
      case JobAction.Admit _ -> shadows.admit(job);
      case JobAction.Activate _ -> claims.activate(job);
      case JobAction.CloseRun(int run, var reason) -> shadows.closeRun(job, run, reason);
      case JobAction.Deactivate(int run, var reason) -> claims.deactivate(job.id(), run, reason);
      case JobAction.Tell(int run, var order) -> claims.tell(job.id(), run, order);
      case JobAction.Recorded recorded -> shadows.recorded(job, recorded);
      case JobAction.NotRecorded notRecorded -> shadows.notRecorded(job, notRecorded);
      case JobAction.Settle(int run) -> shadows.settle(job, run);
      case JobAction.Note _, JobAction.Archive _ -> {
        // Part of the transaction.
      }
    }
  }

  @Override
  public void logBehind(LogMark mark) {
    shadows.logBehind(mark);
  }

  @Override
  public void batchDone() {
    List<Demand> changes = waiting.changes();
    if (!changes.isEmpty()) {
      demand.accept(changes);
    }
    if (claims.hasFreed()) {
      queue.post(claims::reuseFreed);
    }
    counts = new Counts(claims.size(), shadows.attachedShadows());
  }
}
