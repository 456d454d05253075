package io.urubu.starter.run;

import io.urubu.classad.ClassAd;
import io.urubu.protocol.run.v1.InputFile;
import io.urubu.protocol.run.v1.Restore;
import io.urubu.starter.run.Preparation.Prepared;
import io.urubu.starter.scratch.RunFolders;
import io.urubu.starter.scratch.TopFiles;
import io.urubu.starter.shadowlink.Endpoint;
import io.urubu.starter.shadowlink.LinkClosedException;
import io.urubu.starter.shadowlink.LinkListener;
import io.urubu.starter.shadowlink.RunKey;
import io.urubu.starter.shadowlink.ShadowLink;
import io.urubu.starter.shadowlink.TransferException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run: a loop on a thread of its own takes events, asks the decider, and carries out what it
 * says. Everything that takes time is done elsewhere and comes back as an event, so that an order
 * to stop the job never waits.
 */
final class JobRun implements LinkListener {
  private static final Logger log = LoggerFactory.getLogger(JobRun.class);

  private static final Duration TICK = Duration.ofMillis(250);
  private static final Duration FIRST_USAGE = Duration.ofSeconds(8);
  private static final Duration USAGE = Duration.ofSeconds(60);
  private static final Duration AGAIN = Duration.ofSeconds(10);

  private final RunOrder order;
  private final RunPlace place;
  private final RunNews news;
  private final RunFolders folders;
  private final JobProgram job;
  private final ShadowLink link;
  private final BoxedProgram boxed;
  private final ProgramWork programs;
  private final RunImages images;
  private final LinkedBlockingQueue<Told> events = new LinkedBlockingQueue<>();

  /** One thing after the other: inputs, outputs, cleaning. */
  private final ExecutorService work =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("run-work").factory());

  private final AtomicBoolean isMeasuring = new AtomicBoolean();

  // Written by the loop, read for Status.
  private volatile RunState state;

  // Each is set before the event that tells of it.
  private volatile List<InputFile> inputs = List.of();
  private volatile Optional<Restore> restore = Optional.empty();
  private volatile Optional<Prepared> prepared = Optional.empty();
  private volatile Optional<CheckpointWork> checkpoints = Optional.empty();
  private volatile StoredOutputs stored = StoredOutputs.NONE;
  private volatile long diskBytes;

  // The loop's own.
  private Optional<Future<?>> preparing = Optional.empty();
  private long startedAt;
  private long usageDueAt;
  private long againAt;

  /** What happened, and when (a tick). */
  private record Told(RunEvent event, long at) {}

  JobRun(RunOrder order, RunPlace place, RunNews news, RunFolders folders) {
    this.order = order;
    this.place = place;
    this.news = news;
    this.folders = folders;
    this.job = new JobProgram(order, place.account());
    this.boxed = new BoxedProgram(job.killSignal());
    this.programs = new ProgramWork(place.sandbox(), folders, job, boxed, this::tell);
    this.images = new RunImages(place.images(), folders.folder().getFileName().toString());
    this.link =
        new ShadowLink(
            place.channels(),
            new RunKey(order.run(), order.ticket(), order.slotName()),
            order.shadow(),
            place.timing(),
            this);
    this.state = RunState.initial(lease(), place.vacateTime(), now());
  }

  private Duration lease() {
    long seconds = order.jobAd().integer("JobLeaseDuration").orElse(0);
    return seconds > 0 ? Duration.ofSeconds(seconds) : place.lease();
  }

  private long now() {
    return place.timing().ticker().getAsLong();
  }

  void start() {
    startedAt = now();
    link.start();
    Thread.ofVirtual().name("run-" + order.shortRun()).start(this::live);
  }

  void tell(RunEvent event) {
    events.add(new Told(event, now()));
  }

  void moveShadow(Endpoint shadow) {
    link.move(shadow);
  }

  RunOrder order() {
    return order;
  }

  String phase() {
    return state.phase().getClass().getSimpleName();
  }

  boolean isHeld() {
    return state.isHeld();
  }

  private void live() {
    try {
      while (!(state.phase() instanceof Phase.Gone)) {
        step(events.poll(TICK.toMillis(), TimeUnit.MILLISECONDS));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      work.shutdown();
    }
  }

  /** A bug in one step must not leave a job without anybody who ends it. */
  private void step(@Nullable Told next) {
    try {
      if (next != null) {
        handle(next);
      }
      // Under a flood of events time passes, too.
      handle(new Told(new RunEvent.Tick(), now()));
      repeat();
    } catch (RuntimeException e) {
      log.atError().addKeyValue("run", order.run()).setCause(e).log("a step of a run failed");
      if (next == null || !(next.event() instanceof RunEvent.EndAsked)) {
        tell(
            new RunEvent.EndAsked(
                false, "the starter failed: " + e, RunEnd.Vacated.STARTER_FAILED));
      }
    }
  }

  private void handle(Told told) {
    Step step = RunDecider.decide(state, told.event(), now());
    if (!step.state().phase().equals(state.phase())) {
      log.atInfo()
          .addKeyValue("run", order.run())
          .addKeyValue("phase", step.state().phase())
          .log("run goes on");
    }
    state = step.state();
    step.actions().forEach(action -> perform(action, told.at()));
  }

  private void perform(RunAction action, long orderedAt) {
    switch (action) {
      case RunAction.FetchInputs() -> preparing = Optional.of(work.submit(this::prepare));
      case RunAction.StartProgram(var generation) ->
          prepared.ifPresent(ready -> programs.start(ready, generation));
      case RunAction.TellExecuting() -> tellExecuting();
      case RunAction.Freeze() -> freeze(orderedAt);
      case RunAction.Thaw() -> {
        boxed.thaw();
        news.continued(order.run());
      }
      case RunAction.TellSuspended(var reason) ->
          link.send(RunMessages.suspended(reason, boxed.stopped()));
      case RunAction.TellContinued() -> link.send(RunMessages.continued());
      case RunAction.Terminate() -> boxed.terminate();
      case RunAction.Kill() -> boxed.kill();
      case RunAction.DropRestored() -> work.execute(this::dropRestored);
      case RunAction.Take(var number, var limit) -> saving(it -> it.take(number, limit));
      case RunAction.TakeAtRest(var number) -> saving(it -> it.takeAtRest(number));
      case RunAction.Upload(var number, var isLeaving) -> saving(it -> it.send(number, isLeaving));
      case RunAction.Discard(var number) -> saving(it -> it.discard(number));
      case RunAction.TellCheckpointed(var number, var generation) ->
          saving(it -> tellCheckpointed(it, number, generation));
      case RunAction.TellCheckpointFailed(var reason) ->
          link.send(RunMessages.checkpointFailed(reason));
      case RunAction.TellLeftMemory() -> news.leftMemory(order.run());
      case RunAction.StoreOutputs() -> work.execute(this::storeOutputs);
      case RunAction.Report(var end) -> report(end);
      case RunAction.Clean() -> {
        link.close();
        preparing.ifPresent(task -> task.cancel(true));
        work.execute(this::clean);
      }
      case RunAction.TellGone(var reason) -> news.gone(order.run(), reason);
    }
  }

  private void saving(Consumer<CheckpointWork> deed) {
    checkpoints.ifPresent(deed);
  }

  private void freeze(long orderedAt) {
    int processes = boxed.freeze();
    long millis = TimeUnit.NANOSECONDS.toMillis(now() - orderedAt);
    log.atInfo()
        .addKeyValue("run", order.run())
        .addKeyValue("processes", processes)
        .addKeyValue("millis", millis)
        .log("the job stands still");
    news.suspended(order.run(), processes, millis);
  }

  private void tellCheckpointed(CheckpointWork work, int number, int generation) {
    work.taken(number)
        .ifPresent(
            taken ->
                news.checkpointed(
                    order.run(), generation, taken.bytes(), taken.took().toMillis() / 1000.0));
  }

  /** What is due by time and changes nothing. */
  private void repeat() {
    long now = now();
    switch (state.phase()) {
      case Phase.Running _ when now - usageDueAt >= 0 && boxed.isStarted() -> {
        usageDueAt = now + USAGE.toNanos();
        measure();
      }
      case Phase.Reporting(var end, _) when now - againAt >= 0 -> report(end);
      case Phase.Cleaning _ when againAt != 0 && now - againAt >= 0 -> {
        againAt = now + AGAIN.toNanos();
        work.execute(this::clean);
      }
      default -> {}
    }
  }

  private void tellExecuting() {
    if (!boxed.isStarted()) {
      return;
    }
    usageDueAt = Math.max(usageDueAt, now() + FIRST_USAGE.toNanos());
    link.send(
        RunMessages.executing(
            order,
            prepared.map(it -> it.checkpointer().backend().label()).orElse("none"),
            folders.folder().toString(),
            folders.folder().toFile().getUsableSpace()));
    news.executing(order.run());
  }

  private void report(RunEnd end) {
    againAt = now() + AGAIN.toNanos();
    link.send(RunMessages.end(end, usageAd(), stored));
  }

  private ClassAd usageAd() {
    return RunMessages.usage(
        boxed.usage(), diskBytes, Duration.ofNanos(Math.max(0, now() - startedAt)));
  }

  private void measure() {
    if (!isMeasuring.compareAndSet(false, true)) {
      return;
    }
    Thread.ofVirtual()
        .name("run-usage")
        .start(
            () -> {
              try {
                boxed.measure();
                folders.diskUsage().ifPresent(bytes -> diskBytes = Math.max(diskBytes, bytes));
                link.send(RunMessages.usage(usageAd()));
              } finally {
                isMeasuring.set(false);
              }
            });
  }

  private void prepare() {
    try {
      Preparation preparation = new Preparation(order, job, folders, link, place);
      Prepared ready = preparation.prepare(inputs, restore, images.folder());
      prepared = Optional.of(ready);
      checkpoints =
          Optional.of(
              new CheckpointWork(ready.checkpointer(), link, boxed, this::usageAd, this::tell));
      tell(
          new RunEvent.InputsLaid(
              restore.map(Restore::getGeneration).orElse(0),
              job.plan(ready.checkpointer().backend(), place.checkpointTimeout())));
    } catch (IOException | RuntimeException e) {
      tell(
          new RunEvent.InputsFailed(
              RunEnd.Failed.ofMachine("the inputs cannot be laid down: " + e)));
    } catch (Preparation.UnpreparedException e) {
      tell(new RunEvent.InputsFailed(e.failure()));
    } catch (TransferException e) {
      tell(new RunEvent.InputsFailed(RunEnd.Failed.ofMachine(String.valueOf(e.getMessage()))));
    } catch (LinkClosedException _) {
      // The run is being ended; who ended it goes on.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void dropRestored() {
    try {
      folders.removeGeneration(Preparation.RESTORED);
    } catch (IOException e) {
      log.atWarn().addKeyValue("run", order.run()).setCause(e).log("a checkpoint is left over");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void storeOutputs() {
    try {
      switch (new OutputWork(folders, link, job).store(before())) {
        case OutputWork.Outcome.Stored(var outputs) -> {
          stored = outputs;
          tell(new RunEvent.OutputsStored());
        }
        case OutputWork.Outcome.Failed(var failure) -> tell(new RunEvent.OutputsFailed(failure));
      }
    } catch (IOException | RuntimeException e) {
      tell(new RunEvent.OutputsFailed(RunEnd.Failed.ofMachine("the outputs cannot be read: " + e)));
    } catch (LinkClosedException _) {
      // The run is being ended; who ended it goes on.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private TopFiles before() {
    return prepared.map(Prepared::before).orElseGet(() -> new TopFiles(Map.of()));
  }

  private void clean() {
    try {
      checkpoints.ifPresent(CheckpointWork::close);
      images.close();
      folders.remove();
      tell(new RunEvent.Cleaned());
    } catch (IOException e) {
      log.atWarn()
          .addKeyValue("run", order.run())
          .setCause(e)
          .log("a run's folder cannot be removed; trying again");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void opened(List<InputFile> files, Duration lease, Optional<Restore> from) {
    inputs = List.copyOf(files);
    restore = from;
    tell(new RunEvent.Opened(lease));
  }

  @Override
  public void answered(long sentTick) {
    tell(new RunEvent.Answered(sentTick));
  }

  @Override
  public void rejected(String reason) {
    tell(new RunEvent.Rejected(reason));
  }

  @Override
  public void checkpointCommitted(int number, int generation) {
    tell(new RunEvent.CheckpointCommitted(number, generation));
  }

  @Override
  public void checkpointRefused(int number, String reason) {
    tell(new RunEvent.CheckpointRefused(number, reason));
  }

  @Override
  public void finished() {
    tell(new RunEvent.Finished());
  }
}
