package io.urubu.schedd.dispatch;

import io.grpc.Status;
import io.urubu.protocol.id.JobId;
import io.urubu.protocol.id.RunRef;
import io.urubu.protocol.shadow.v1.AttachResponse;
import io.urubu.protocol.wire.v1.ShadowEndpoint;
import io.urubu.schedd.line.Line;
import io.urubu.schedd.queue.Batch;
import io.urubu.schedd.queue.Job;
import io.urubu.schedd.queue.JobAction;
import io.urubu.schedd.queue.JobEvent;
import io.urubu.schedd.queue.JobState;
import io.urubu.schedd.queue.LogMark;
import io.urubu.schedd.shadows.ShadowNews;
import io.urubu.schedd.shadows.ShadowStarts;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shadows of this schedd's users: started while there is something for them to do, told what it
 * is. Belongs to the queue's thread.
 */
final class ShadowDesk {
  private static final Logger log = LoggerFactory.getLogger(ShadowDesk.class);

  /** A shadow that was started has so long to attach. */
  private static final Duration ATTACH_LIMIT = Duration.ofSeconds(15);

  /** One that lives already is looked at again so soon: it may have been about to die. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private final DispatchSettings settings;
  private final String userDomain;
  private final LogDesk logs;
  private final Consumer<Shadow> starter;
  private final Consumer<String> endpointChanged;
  private final Map<String, Shadow> byUser = new HashMap<>();
  private final Map<Line<AttachResponse>, Shadow> byLine = new HashMap<>();

  ShadowDesk(
      DispatchSettings settings,
      String userDomain,
      LogDesk logs,
      Consumer<Shadow> starter,
      Consumer<String> endpointChanged) {
    this.settings = settings;
    this.userDomain = userDomain;
    this.logs = logs;
    this.starter = starter;
    this.endpointChanged = endpointChanged;
  }

  Optional<ShadowEndpoint> endpoint(String user) {
    return Optional.ofNullable(byUser.get(user)).flatMap(shadow -> shadow.endpoint);
  }

  int attachedShadows() {
    return byLine.size();
  }

  private Shadow of(String account) {
    return byUser.computeIfAbsent(
        account + "@" + userDomain, user -> new Shadow(account, user, settings.now()));
  }

  void changed(Optional<Job> before, Optional<Job> after) {
    Job job = after.or(() -> before).orElseThrow();
    if (after.flatMap(Job::run).isPresent()) {
      of(job.cluster().owner()).runs.add(job.id());
    } else if (before.flatMap(Job::run).isPresent()) {
      of(job.cluster().owner()).runs.remove(job.id());
    }
  }

  void logBehind(LogMark mark) {
    Shadow shadow = of(mark.owner());
    logs.behind(mark, shadow);
    startIfWanted(shadow);
  }

  void admit(Job job) {
    Shadow shadow = of(job.cluster().owner());
    shadow.send(ShadowMessages.admit(ref(job.id(), job.life().currentRun()), job, lease(job)));
    startIfWanted(shadow);
  }

  private Duration lease(Job job) {
    long seconds = job.ad().integer("JobLeaseDuration").orElse(settings.lease().toSeconds());
    return Duration.ofSeconds(Math.clamp(seconds, 1, Integer.MAX_VALUE));
  }

  void closeRun(Job job, int run, String reason) {
    Shadow shadow = of(job.cluster().owner());
    shadow.send(ShadowMessages.closeRun(ref(job.id(), run), reason));
    startIfWanted(shadow);
  }

  void settle(Job job, int run) {
    Shadow shadow = of(job.cluster().owner());
    boolean ended = job.life().hasEnded();
    if (ended && shadow.line.isEmpty() && job.changes().has("NumCheckpoints")) {
      shadow.leftovers.add(ref(job.id(), run));
      startIfWanted(shadow);
    }
    shadow.send(ShadowMessages.settled(ref(job.id(), run), ended));
  }

  void recorded(Job job, JobAction.Recorded action) {
    of(job.cluster().owner())
        .send(
            ShadowMessages.recorded(
                ref(job.id(), action.run()), action.generation(), action.kept()));
  }

  void notRecorded(Job job, JobAction.NotRecorded action) {
    of(job.cluster().owner())
        .send(
            ShadowMessages.notRecorded(
                ref(job.id(), action.run()), action.generation(), action.kept(), action.reason()));
  }

  private RunRef ref(JobId job, int run) {
    return new RunRef(settings.schedd(), job, run);
  }

  void take(Batch batch, ShadowNews news) {
    if (news instanceof ShadowNews.Attached attached) {
      attach(batch, attached);
      return;
    }
    Shadow shadow = byLine.get(news.line());
    if (shadow == null) {
      return;
    }
    switch (news) {
      case ShadowNews.Attached _ -> throw new IllegalStateException("taken above");
      case ShadowNews.Admitted(_, var run, var endpoint) -> {
        endpoint(shadow, endpoint);
        apply(batch, shadow, run, new JobEvent.Admitted(run.number()));
      }
      case ShadowNews.AdmitFailed(_, var run, var reason) ->
          apply(batch, shadow, run, new JobEvent.AdmitFailed(run.number(), reason));
      case ShadowNews.Ended ended -> ended(batch, shadow, ended);
      case ShadowNews.Executing(_, var run, var ad) ->
          ifOwn(batch, shadow, run, () -> batch.executing(run.job(), run.number(), ad));
      case ShadowNews.Usage(_, var run, var ad) ->
          ifOwn(batch, shadow, run, () -> batch.usage(run.job(), run.number(), ad));
      case ShadowNews.Disconnected(_, var run, var reason) ->
          ifOwn(batch, shadow, run, () -> batch.disconnected(run.job(), run.number(), reason));
      case ShadowNews.Reconnected(_, var run) ->
          ifOwn(batch, shadow, run, () -> batch.reconnected(run.job(), run.number()));
      case ShadowNews.Suspended(_, var run, var ad) ->
          ifOwn(batch, shadow, run, () -> batch.suspended(run.job(), run.number(), ad));
      case ShadowNews.Continued(_, var run) ->
          ifOwn(batch, shadow, run, () -> batch.continued(run.job(), run.number()));
      case ShadowNews.CheckpointPrepared prepared -> prepared(batch, shadow, prepared);
      case ShadowNews.CheckpointFailed(_, var run, var reason) ->
          ifOwn(batch, shadow, run, () -> batch.checkpointFailed(run.job(), run.number(), reason));
      case ShadowNews.LogWritten written -> logs.written(batch, shadow, written);
      case ShadowNews.LogFailed failed -> logs.failed(batch, shadow, failed);
      case ShadowNews.Broken(var line) -> broken(shadow, line);
    }
  }

  private void ifOwn(Batch batch, Shadow shadow, RunRef run, Runnable note) {
    if (owns(batch, shadow, run)) {
      note.run();
    }
  }

  /** A shadow speaks for the jobs of its own user only. */
  private boolean owns(Batch batch, Shadow shadow, RunRef run) {
    return run.schedd().equals(settings.schedd())
        && batch
            .job(run.job())
            .filter(job -> job.cluster().owner().equals(shadow.account))
            .isPresent();
  }

  private void apply(Batch batch, Shadow shadow, RunRef run, JobEvent event) {
    if (owns(batch, shadow, run)) {
      batch.apply(run.job(), event);
    }
  }

  private void ended(Batch batch, Shadow shadow, ShadowNews.Ended news) {
    RunRef run = news.run();
    if (owns(batch, shadow, run)) {
      batch.apply(run.job(), new JobEvent.RunEnded(run.number(), news.outcome()), news.report());
    } else if (batch.job(run.job()).isEmpty()) {
      // The job has left the queue: that is durable, and all that the shadow waits for.
      batch.afterCommit(() -> shadow.send(ShadowMessages.settled(run, true)));
    }
  }

  private void prepared(Batch batch, Shadow shadow, ShadowNews.CheckpointPrepared news) {
    RunRef run = news.run();
    if (owns(batch, shadow, run)) {
      batch.apply(run.job(), new JobEvent.Prepared(run.number(), news.generation()), news.ad());
    } else if (batch.job(run.job()).isEmpty()) {
      batch.afterCommit(
          () ->
              shadow.send(
                  ShadowMessages.notRecorded(
                      run, news.generation().number(), List.of(), "the job has left the queue")));
    }
  }

  private void attach(Batch batch, ShadowNews.Attached news) {
    Shadow shadow = of(news.user().substring(0, news.user().lastIndexOf('@')));
    if (!shadow.user.equals(news.user())) {
      news.line().end(Status.PERMISSION_DENIED.withDescription("a user of another domain"));
      return;
    }
    shadow.line.filter(old -> old != news.line()).ifPresent(this::replace);
    shadow.line = Optional.of(news.line());
    shadow.attachedAt = settings.now();
    shadow.retiring = false;
    shadow.idleSince = settings.now();
    byLine.put(news.line(), shadow);
    batch.afterCommit(() -> shadow.send(ShadowMessages.attached(settings.lease())));
    endpoint(shadow, news.endpoint());
    reconcile(batch, shadow, news.openRuns());
    batch.afterCommit(() -> cleanUp(shadow));
    batch.afterCommit(() -> logs.attached(shadow));
    log.atInfo()
        .addKeyValue("user", shadow.user)
        .addKeyValue("pid", news.pid())
        .addKeyValue("runs", news.openRuns().size())
        .log("shadow attached");
  }

  private static void cleanUp(Shadow shadow) {
    shadow.leftovers.forEach(run -> shadow.send(ShadowMessages.settled(run, true)));
    shadow.leftovers.clear();
  }

  private void replace(Line<AttachResponse> old) {
    byLine.remove(old);
    old.end(Status.ABORTED.withDescription("the user has another shadow"));
  }

  private void endpoint(Shadow shadow, ShadowEndpoint endpoint) {
    if (!shadow.endpoint.equals(Optional.of(endpoint))) {
      shadow.endpoint = Optional.of(endpoint);
      endpointChanged.accept(shadow.user);
    }
  }

  /** Brings the shadow's runs and ours together; each message may be said twice. */
  private void reconcile(Batch batch, Shadow shadow, List<RunRef> open) {
    for (JobId id : List.copyOf(shadow.runs)) {
      Job job = batch.job(id).orElseThrow();
      int run = job.life().currentRun();
      switch (job.life().state()) {
        case JobState.Starting _ -> batch.afterCommit(() -> admit(job));
        case JobState.Closing(_, var after) ->
            batch.afterCommit(() -> closeRun(job, run, reason(after)));
        case JobState.Running _ -> {
          if (!open.contains(ref(id, run))) {
            batch.afterCommit(() -> closeRun(job, run, "the shadow does not know the run"));
          }
        }
        case JobState.Idle _, JobState.Held _, JobState.Completed _, JobState.Removed _ ->
            throw new IllegalStateException("job " + id + " has a run and is " + job.life());
      }
    }
    for (RunRef run : open) {
      boolean current =
          owns(batch, shadow, run)
              && batch.job(run.job()).orElseThrow().life().currentRun() == run.number();
      if (!current) {
        batch.afterCommit(
            () -> shadow.send(ShadowMessages.closeRun(run, "the run is none of this queue's")));
      }
    }
  }

  private static String reason(JobState.After after) {
    return switch (after) {
      case JobState.After.Again _ -> "the workstation does not have the run";
      case JobState.After.Hold(var reason) -> reason.text();
      case JobState.After.Remove(var reason) -> reason;
    };
  }

  private void broken(Shadow shadow, Line<AttachResponse> line) {
    byLine.remove(line);
    if (shadow.line.filter(line::equals).isPresent()) {
      shadow.line = Optional.empty();
      log.atInfo().addKeyValue("user", shadow.user).log("shadow's stream ended");
      if (settings.isOver(shadow.attachedAt, LONGEST_WAIT)) {
        shadow.starts = 0;
      }
      shadow.nextStart = settings.now() + (shadow.starts > 2 ? wait(shadow.starts).toNanos() : 0);
      startIfWanted(shadow);
    }
  }

  private void startIfWanted(Shadow shadow) {
    if (shadow.line.isEmpty() && shadow.isWanted() && settings.now() - shadow.nextStart >= 0) {
      shadow.starts++;
      shadow.nextStart = settings.now() + ATTACH_LIMIT.toNanos();
      starter.accept(shadow);
    }
  }

  /** What came of the wish to start a shadow. */
  void startTried(Shadow shadow, ShadowStarts.Result result) {
    if (shadow.line.isPresent()) {
      return;
    }
    Duration wait =
        switch (result) {
          case STARTED -> ATTACH_LIMIT;
          case LIVES -> LOOK_AGAIN;
          case FAILED -> wait(shadow.starts);
        };
    if (result == ShadowStarts.Result.LIVES) {
      shadow.starts--;
    }
    shadow.nextStart = settings.now() + wait.toNanos();
  }

  private static Duration wait(int starts) {
    Duration wait = Duration.ofMillis(100L << Math.min(starts, 10));
    return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
  }

  void tick() {
    for (Shadow shadow : List.copyOf(byUser.values())) {
      logs.tick(shadow);
      shadow
          .line
          .filter(line -> line.silence().compareTo(settings.silenceLimit()) > 0)
          .ifPresent(
              line -> {
                line.end(Status.DEADLINE_EXCEEDED.withDescription("no sign of life"));
                broken(shadow, line);
              });
      startIfWanted(shadow);
      retireIfIdle(shadow);
    }
  }

  private void retireIfIdle(Shadow shadow) {
    if (shadow.isWanted()) {
      shadow.idleSince = settings.now();
      shadow.retiring = false;
    } else if (settings.isOver(shadow.idleSince, settings.shadowLinger())) {
      if (shadow.line.isEmpty()) {
        byUser.remove(shadow.user);
      } else if (!shadow.retiring) {
        shadow.retiring = true;
        shadow.send(ShadowMessages.retire());
      }
    }
  }
}
