package io.urubu.shadow.desk;

import io.urubu.checkpoint.CheckpointStore;
import io.urubu.classad.ClassAd;
import io.urubu.protocol.id.RunRef;
import io.urubu.shadow.journal.Journal;
import io.urubu.shadow.journal.Recovered;
import io.urubu.shadow.runs.End;
import io.urubu.shadow.runs.Fault;
import io.urubu.shadow.runs.JobRef;
import io.urubu.shadow.runs.Moment;
import io.urubu.shadow.runs.News;
import io.urubu.shadow.runs.Run;
import io.urubu.shadow.runs.RunAction;
import io.urubu.shadow.runs.RunDecider;
import io.urubu.shadow.runs.RunEvent;
import io.urubu.shadow.runs.RunState;
import io.urubu.shadow.runs.Step;
import io.urubu.shadow.runs.StreamId;
import io.urubu.shadow.runs.Taken;
import io.urubu.shadow.runs.Verdict;
import io.urubu.shadow.transfer.FaultException;
import io.urubu.shadow.transfer.InputManifest;
import io.urubu.shadow.transfer.OutputPlan;
import io.urubu.shadow.transfer.OutputStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All runs of the user: takes what the schedd and the starters say, has it decided, and sees to it
 * that it is done. What concerns one job happens in order; jobs do not wait for each other. Any
 * thread may call; nothing but {@link #recover} waits.
 */
public final class RunDesk {
  private static final Logger log = LoggerFactory.getLogger(RunDesk.class);

  private final Journal journal;
  private final Lanes lanes;
  private final LongSupplier ticker;
  private final CheckpointWork checkpoints;
  private final RunWork work;
  private final Map<JobRef, RunState> stateByJob = new ConcurrentHashMap<>();
  private final AtomicLong streams = new AtomicLong();

  public RunDesk(
      Journal journal, CheckpointStore store, ScheddVoice voice, Lanes lanes, LongSupplier ticker) {
    this.journal = journal;
    this.checkpoints = new CheckpointWork(store, journal, voice);
    this.lanes = lanes;
    this.ticker = ticker;
    this.work = new RunWork(journal, checkpoints, voice, () -> new Moment(ticker.getAsLong()));
  }

  private Moment now() {
    return new Moment(ticker.getAsLong());
  }

  /** Takes up what an earlier process left; to be called once, before anything else. */
  public void recover() {
    checkpoints.recover();
    for (Recovered left : journal.recovered()) {
      Run run = left.run();
      work.recover(left);
      if (left.end().isPresent()) {
        recover(new RunState.Ended(run, left.end().get()), new RunAction.RemoveLeftovers(run));
      } else if (left.exit().isPresent() && left.published()) {
        recover(
            new RunState.Ended(run, new End(End.Outcome.EXITED, left.exit().get().ad())),
            new RunAction.RemoveLeftovers(run));
      } else if (left.exit().isPresent()) {
        log.atInfo().addKeyValue("run", run.ref()).log("exit taken up again");
        recover(
            new RunState.Publishing(run, left.exit().get(), Optional.empty()),
            new RunAction.Publish(run, left.exit().get()));
      } else {
        recover(new RunState.Admitted(run, now().plus(run.lease())), new RunAction.OpenGate(run));
      }
    }
  }

  private void recover(RunState state, RunAction action) {
    carryOut(new Step(state, List.of(action)));
  }

  // From the schedd.

  /** Closes every earlier run of the job and gives this one the rights. */
  public void admit(Run run) {
    JobRef job = JobRef.of(run.ref());
    lanes.submit(
        job, () -> apply(new RunEvent.AdmitAsked(run, fault(stateByJob.get(job), run), now())));
  }

  /** A run that goes on is not looked at again: the user may remove inputs that were fetched. */
  private static Optional<Fault> fault(@Nullable RunState state, Run run) {
    if (state instanceof RunState.WithRights known && known.run().ref().equals(run.ref())) {
      return Optional.empty();
    }
    try {
      InputManifest.of(run.jobAd());
      OutputPlan.of(run.jobAd());
      return Optional.empty();
    } catch (FaultException e) {
      return Optional.of(e.fault());
    }
  }

  public void close(RunRef run, String reason) {
    submit(new RunEvent.CloseAsked(run, reason));
  }

  /** The run's end is recorded; with jobEnded nothing of the job is needed any more. */
  public void settled(RunRef run, boolean jobEnded) {
    submit(new RunEvent.Settled(run, jobEnded));
  }

  /** The schedd answers a generation that it was told of. */
  public void recorded(Verdict verdict) {
    submit(new RunEvent.CheckpointRecorded(verdict));
  }

  /** The runs that have rights now. */
  public List<RunRef> openRuns() {
    return stateByJob.values().stream()
        .filter(RunState.WithRights.class::isInstance)
        .map(state -> ((RunState.WithRights) state).run().ref())
        .toList();
  }

  /** Says again how each run ended that is not settled, and what became of those that go on. */
  public void sayAgain() {
    // First: when a run's end is known the job may begin its next, and then they are too late.
    checkpoints.sayAgain();
    for (RunState state : stateByJob.values()) {
      work.sayAgain(state);
    }
  }

  /** Takes the rights from every run; returns when that is durable, or after the limit. */
  public boolean closeAll(String reason, Duration limit) throws InterruptedException {
    List<RunRef> open = openRuns();
    CountDownLatch closed = new CountDownLatch(open.size());
    for (RunRef run : open) {
      close(run, reason);
      lanes.submit(JobRef.of(run), closed::countDown);
    }
    return closed.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  // From starters.

  /**
   * A starter shows a ticket; the line is answered.
   *
   * @return by what the stream is called from now on
   */
  public StreamId open(RunRef run, byte[] ticket, boolean resumed, StarterLine line) {
    StreamId stream = new StreamId(streams.incrementAndGet());
    lanes.submit(
        JobRef.of(run),
        () -> {
          Optional<Run> known = known(run);
          if (known.isEmpty() || !known.get().isOpenedBy(ticket)) {
            line.refused(
                known.isEmpty()
                    ? "run " + run + " is not known here"
                    : "the ticket does not open run " + run);
            return;
          }
          work.connect(stream, line, resumed);
          apply(new RunEvent.StarterOpened(run, stream, resumed, now()));
        });
    return stream;
  }

  private Optional<Run> known(RunRef run) {
    RunState state = stateByJob.getOrDefault(JobRef.of(run), new RunState.None());
    Optional<Run> known =
        switch (state) {
          case RunState.None _ -> Optional.empty();
          case RunState.WithRights s -> Optional.of(s.run());
          case RunState.Publishing s -> Optional.of(s.run());
          case RunState.Closing s -> Optional.of(s.run());
          case RunState.Ended s -> Optional.of(s.run());
        };
    return known.filter(it -> it.ref().equals(run));
  }

  /** The stream is over, however that came. */
  public void gone(RunRef run, StreamId stream) {
    lanes.submit(
        JobRef.of(run),
        () -> {
          work.disconnect(stream);
          apply(new RunEvent.StarterGone(run, stream));
        });
  }

  public void heartbeatAnswered(RunRef run, StreamId stream) {
    submit(new RunEvent.HeartbeatAnswered(run, stream, now()));
  }

  public void news(RunRef run, StreamId stream, News kind, ClassAd ad) {
    submit(new RunEvent.NewsCame(run, stream, kind, ad));
  }

  /** The program ended and left these outputs, which were stored before. */
  public void exited(RunRef run, StreamId stream, ClassAd ad, List<OutputStore.Named> outputs) {
    lanes.submit(
        JobRef.of(run),
        () -> {
          boolean isCurrent =
              stateByJob.get(JobRef.of(run)) instanceof RunState.Open open
                  && open.run().ref().equals(run)
                  && open.stream().equals(stream);
          if (isCurrent) {
            apply(work.prepareExit(run, stream, ad, outputs));
          }
        });
  }

  /** The starter ended the run without the program's exit. */
  public void ended(RunRef run, StreamId stream, End end) {
    submit(new RunEvent.StarterEnded(run, stream, end));
  }

  /** A checkpoint was taken and its files stored; said again until it is answered. */
  public void taken(RunRef run, StreamId stream, Taken taken) {
    submit(new RunEvent.CheckpointTaken(run, stream, taken));
  }

  /** The generation from which the run was to go on cannot be read, or is not what was stored. */
  public void unrestored(RunRef run, int generation, boolean damaged, String reason) {
    submit(RunWork.unrestored(run, generation, damaged, reason));
  }

  /** The user's files keep the run from going on. */
  public void filesFailed(RunRef run, Fault fault) {
    submit(new RunEvent.FilesFailed(run, fault));
  }

  /** The run, when it has rights and this secret opens it. */
  public Optional<ServedRun> serving(RunRef run, byte[] ticket) {
    return work.serving(run).filter(served -> served.run().isOpenedBy(ticket));
  }

  /** Runs the task when everything said about the run's job until now has been dealt with. */
  public void after(RunRef run, Runnable task) {
    lanes.submit(JobRef.of(run), task);
  }

  /** Looks which leases have run out; to be called every now and then. */
  public void tick() {
    Moment now = now();
    stateByJob.forEach(
        (_, state) -> {
          switch (state) {
            case RunState.WithRights s when now.isAfter(s.leaseUntil()) ->
                submit(new RunEvent.Tick(s.run().ref(), now));
            case RunState.Closing s -> submit(new RunEvent.Tick(s.run().ref(), now));
            case RunState.None _,
                RunState.WithRights _,
                RunState.Publishing _,
                RunState.Ended _ -> {}
          }
        });
  }

  private void submit(RunEvent event) {
    lanes.submit(JobRef.of(event.run()), () -> apply(event));
  }

  /** Within the job's lane. */
  private void apply(RunEvent first) {
    RunState state = stateByJob.getOrDefault(JobRef.of(first.run()), new RunState.None());
    carryOut(JobRef.of(first.run()), RunDecider.step(state, first));
  }

  private void carryOut(Step step) {
    switch (step.next()) {
      case RunState.None _ -> throw new IllegalStateException("nothing is recovered of no run");
      case RunState.WithRights s -> carryOut(JobRef.of(s.run().ref()), step);
      case RunState.Publishing s -> carryOut(JobRef.of(s.run().ref()), step);
      case RunState.Closing s -> carryOut(JobRef.of(s.run().ref()), step);
      case RunState.Ended s -> carryOut(JobRef.of(s.run().ref()), step);
    }
  }

  private void carryOut(JobRef job, Step first) {
    Deque<RunEvent> events = new ArrayDeque<>();
    Step step = first;
    while (true) {
      // What has rights is narrowed before the actions, so that nothing is said too early.
      if (step.next() instanceof RunState.None) {
        stateByJob.remove(job);
      } else {
        stateByJob.put(job, step.next());
      }
      for (RunAction action : step.actions()) {
        work.perform(action).ifPresent(events::add);
      }
      RunEvent next = events.poll();
      if (next == null) {
        return;
      }
      step = RunDecider.step(stateByJob.getOrDefault(job, new RunState.None()), next);
    }
  }

  /** How many runs are in which state, for people. */
  public ClassAd status() {
    List<RunState> states = List.copyOf(stateByJob.values());
    return ClassAd.builder()
        .put(
            "RunsWithRights", states.stream().filter(RunState.WithRights.class::isInstance).count())
        .put("RunsConnected", states.stream().filter(RunState.Open.class::isInstance).count())
        .put("RunsUnsettled", states.stream().filter(RunState.Ended.class::isInstance).count())
        .putAll(checkpoints.status())
        .build();
  }

  /** True when there is nothing that the shadow must still do. */
  public boolean isIdle() {
    return stateByJob.isEmpty();
  }
}
