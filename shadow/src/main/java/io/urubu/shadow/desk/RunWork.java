package io.urubu.shadow.desk;

import io.urubu.checkpoint.DamagedException;
import io.urubu.checkpoint.Recipe;
import io.urubu.checkpoint.StoreException;
import io.urubu.checkpoint.StoredGeneration;
import io.urubu.classad.ClassAd;
import io.urubu.protocol.id.RunRef;
import io.urubu.shadow.journal.Journal;
import io.urubu.shadow.journal.JournalEntry;
import io.urubu.shadow.journal.Recovered;
import io.urubu.shadow.runs.Answer;
import io.urubu.shadow.runs.End;
import io.urubu.shadow.runs.Exit;
import io.urubu.shadow.runs.Fault;
import io.urubu.shadow.runs.Moment;
import io.urubu.shadow.runs.News;
import io.urubu.shadow.runs.Prepared;
import io.urubu.shadow.runs.Rename;
import io.urubu.shadow.runs.Run;
import io.urubu.shadow.runs.RunAction;
import io.urubu.shadow.runs.RunEvent;
import io.urubu.shadow.runs.RunState;
import io.urubu.shadow.runs.StreamId;
import io.urubu.shadow.runs.Taken;
import io.urubu.shadow.runs.Verdict;
import io.urubu.shadow.transfer.FaultException;
import io.urubu.shadow.transfer.InputManifest;
import io.urubu.shadow.transfer.OutputPlan;
import io.urubu.shadow.transfer.OutputStore;
import io.urubu.shadow.transfer.Publisher;
import io.urubu.shadow.transfer.RefusedException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out actions. For one job, one thread at a time. */
final class RunWork {
  private static final Logger log = LoggerFactory.getLogger(RunWork.class);

  /** How long a read or write that was begun may take to return before it counts as stuck. */
  private static final Duration HANDLER_PATIENCE = Duration.ofSeconds(5);

  private final Journal journal;
  private final CheckpointWork checkpoints;
  private final ScheddVoice voice;
  private final Supplier<Moment> now;
  private final Map<RunRef, ServedRun> servedByRun = new ConcurrentHashMap<>();
  private final Map<RunRef, List<Path>> recoveredFolders = new ConcurrentHashMap<>();
  private final Map<RunRef, ClassAd> executing = new ConcurrentHashMap<>();
  private final Map<RunRef, News> unheard = new ConcurrentHashMap<>();
  private final Map<StreamId, Line> lines = new ConcurrentHashMap<>();

  /** Whether the job stood still or went on last; absent: it was never stopped. */
  private final Map<RunRef, Standing> standing = new ConcurrentHashMap<>();

  private record Standing(News kind, ClassAd ad) {}

  private record Line(StarterLine starter, boolean resumed) {}

  RunWork(Journal journal, CheckpointWork checkpoints, ScheddVoice voice, Supplier<Moment> now) {
    this.journal = journal;
    this.checkpoints = checkpoints;
    this.voice = voice;
    this.now = now;
  }

  void recover(Recovered left) {
    recoveredFolders.put(left.run().ref(), left.folders());
  }

  void connect(StreamId stream, StarterLine starter, boolean resumed) {
    lines.put(stream, new Line(starter, resumed));
  }

  void disconnect(StreamId stream) {
    lines.remove(stream);
  }

  Optional<ServedRun> serving(RunRef run) {
    return Optional.ofNullable(servedByRun.get(run));
  }

  /** Does it; may answer with what became of it. */
  Optional<RunEvent> perform(RunAction action) {
    return switch (action) {
      case RunAction.RecordAdmit record -> done(() -> recordAdmit(record.run()));
      case RunAction.RecordEnd(RunRef run, End end) -> done(() -> recordEnd(run, end));
      case RunAction.RecordExit(RunRef run, Exit exit) -> done(() -> recordExit(run, exit));
      case RunAction.RecordPublished(RunRef run) ->
          done(() -> journal.append(new JournalEntry.Published(run)));
      case RunAction.RecordSettled(RunRef run) -> done(() -> recordSettled(run));
      case RunAction.OpenGate(Run run) -> openGate(run);
      case RunAction.ShutGate(RunRef run) ->
          done(() -> serving(run).ifPresent(s -> s.gate().shut()));
      case RunAction.AwaitHandlers(RunRef run) -> Optional.of(awaitHandlers(run));
      case RunAction.Publish(Run run, Exit exit) -> Optional.of(publish(run.ref(), exit));
      case RunAction.RemoveLeftovers(Run run) -> done(() -> removeLeftovers(run.ref()));
      case RunAction.PrepareCheckpoint(Run run, Taken taken) ->
          checkpoints.prepare(run.ref(), taken);
      case RunAction.RecordPrepared(Prepared fresh) -> done(() -> checkpoints.record(fresh));
      case RunAction.SettleCheckpoint(Verdict verdict) -> checkpoints.settle(verdict);
      case RunAction.RemoveGenerations(RunRef run) -> done(() -> checkpoints.remove(run));
      case RunAction.SayPrepared(Prepared fresh) -> done(() -> voice.prepared(fresh));
      case RunAction.SendAnswer(StreamId stream, Answer answer) -> done(() -> send(stream, answer));
      case RunAction.SayAdmitted(RunRef run) -> done(() -> voice.admitted(run));
      case RunAction.SayAdmitFailed(RunRef run, Fault fault) ->
          done(() -> voice.admitFailed(run, fault));
      case RunAction.SayEnded(RunRef run, End end) -> done(() -> voice.ended(run, end));
      case RunAction.SayNews(RunRef run, News kind, ClassAd ad) -> done(() -> news(run, kind, ad));
      case RunAction.SendOpened(Run run, StreamId stream) -> sendOpened(run, stream);
      case RunAction.SendClosed(StreamId stream, String reason) ->
          done(() -> last(stream).ifPresent(line -> line.closed(reason)));
      case RunAction.SendFinished(StreamId stream) ->
          done(() -> last(stream).ifPresent(StarterLine::finished));
      case RunAction.DropStream(StreamId stream) ->
          done(() -> last(stream).ifPresent(StarterLine::dropped));
    };
  }

  private static Optional<RunEvent> done(Runnable action) {
    action.run();
    return Optional.empty();
  }

  private void recordAdmit(Run run) {
    journal.append(new JournalEntry.Admitted(run));
    checkpoints.admitted(run);
    log.atInfo().addKeyValue("run", run.ref()).log("run admitted");
  }

  private void recordEnd(RunRef run, End end) {
    journal.append(new JournalEntry.Ended(run, end));
    forgetNews(run);
    log.atInfo()
        .addKeyValue("run", run)
        .addKeyValue("outcome", end.outcome())
        .addKeyValue("reason", end.reason())
        .log("run ended");
  }

  private void recordExit(RunRef run, Exit exit) {
    journal.append(new JournalEntry.ExitIntent(run, exit));
    forgetNews(run);
    log.atInfo()
        .addKeyValue("run", run)
        .addKeyValue("outputs", exit.renames().size())
        .log("program exited");
  }

  private void forgetNews(RunRef run) {
    executing.remove(run);
    unheard.remove(run);
    standing.remove(run);
  }

  private void recordSettled(RunRef run) {
    journal.append(new JournalEntry.Settled(run));
    checkpoints.settled(run);
    recoveredFolders.remove(run);
  }

  private Optional<RunEvent> openGate(Run run) {
    ServedRun served = servedByRun.get(run.ref());
    if (served != null) {
      served.readmitted(run);
      return Optional.empty();
    }
    try {
      List<Path> known = recoveredFolders.getOrDefault(run.ref(), List.of());
      OutputStore outputs =
          new OutputStore(
              run.ref(),
              OutputPlan.of(run.jobAd()),
              known,
              folder -> journal.append(new JournalEntry.OutputFolder(run.ref(), folder)));
      servedByRun.put(run.ref(), new ServedRun(run, outputs, checkpoints.of(run.ref())));
      return Optional.empty();
    } catch (FaultException e) {
      return Optional.of(new RunEvent.FilesFailed(run.ref(), e.fault()));
    }
  }

  private RunEvent awaitHandlers(RunRef run) {
    ServedRun served = servedByRun.get(run);
    try {
      if (served == null || served.gate().awaitEmpty(HANDLER_PATIENCE)) {
        return new RunEvent.HandlersGone(run, now.get());
      }
      log.atWarn().addKeyValue("run", run).log("a read or write of the run does not return");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return new RunEvent.HandlersStuck(run);
  }

  private RunEvent publish(RunRef run, Exit exit) {
    try {
      Publisher.publish(exit.renames());
      return new RunEvent.Published(run);
    } catch (FaultException e) {
      return new RunEvent.PublishFailed(run, e.fault());
    }
  }

  private void removeLeftovers(RunRef run) {
    ServedRun served = servedByRun.remove(run);
    checkpoints.of(run).drop();
    try {
      if (served != null) {
        served.outputs().sweep();
      } else {
        OutputStore.sweep(run, recoveredFolders.getOrDefault(run, List.of()));
      }
    } catch (IOException | DirectoryIteratorException e) {
      log.atWarn().addKeyValue("run", run).setCause(e).log("leftovers cannot be removed");
    }
  }

  /**
   * The program's start is said once on a stream, however often a starter that came back says it.
   */
  private void news(RunRef run, News kind, ClassAd ad) {
    switch (kind) {
      case EXECUTING -> {
        if (executing.put(run, ad) == null) {
          voice.news(run, kind, ad);
        }
      }
      case DISCONNECTED, RECONNECTED -> {
        if (!voice.news(run, kind, ad)) {
          // One undoes the other when nobody heard either.
          unheard.merge(run, kind, (before, now) -> before == now ? now : null);
        }
      }
      case SUSPENDED, CONTINUED -> {
        standing.put(run, new Standing(kind, ad));
        voice.news(run, kind, ad);
      }
      case USAGE, CHECKPOINT_FAILED -> voice.news(run, kind, ad);
    }
  }

  private Optional<RunEvent> sendOpened(Run run, StreamId stream) {
    Line line = lines.get(stream);
    ServedRun served = servedByRun.get(run.ref());
    if (line == null || served == null) {
      return Optional.empty();
    }
    log.atInfo()
        .addKeyValue("run", run.ref())
        .addKeyValue("resumed", line.resumed())
        .log("run opened");
    Optional<RunEvent> unrestored = findRestore(run.ref(), served);
    if (unrestored.isPresent() && !line.resumed()) {
      return unrestored;
    }
    try {
      InputManifest inputs = InputManifest.of(run.jobAd());
      served.listed(inputs);
      line.starter().opened(inputs.items(), run.lease(), restore(line, served));
    } catch (FaultException e) {
      if (!line.resumed()) {
        return Optional.of(new RunEvent.FilesFailed(run.ref(), e.fault()));
      }
      // A job that runs has its input already; the user may have removed it since.
      line.starter().opened(List.of(), run.lease(), Optional.empty());
    }
    return Optional.empty();
  }

  /** Who held the run before was told then, and may be in the midst of fetching. */
  private static Optional<Recipe> restore(Line line, ServedRun served) {
    return line.resumed() ? Optional.empty() : served.restored().map(StoredGeneration::recipe);
  }

  private Optional<RunEvent> findRestore(RunRef run, ServedRun served) {
    try {
      checkpoints.restore(run).ifPresent(served::restoring);
      return Optional.empty();
    } catch (DamagedException e) {
      return Optional.of(unrestored(run, checkpoints.newest(run), true, e.reason()));
    } catch (StoreException e) {
      return Optional.of(unrestored(run, checkpoints.newest(run), false, e.reason()));
    }
  }

  static RunEvent unrestored(RunRef run, int generation, boolean damaged, String reason) {
    return new RunEvent.RestoreFailed(
        run,
        End.unrestored(
            generation,
            damaged,
            "checkpoint %d of job %s %s: %s"
                .formatted(
                    generation, run.job(), damaged ? "is damaged" : "cannot be read", reason)));
  }

  private void send(StreamId stream, Answer answer) {
    Line line = lines.get(stream);
    if (line != null) {
      line.starter().answered(answer);
    }
  }

  private Optional<StarterLine> last(StreamId stream) {
    return Optional.ofNullable(lines.remove(stream)).map(Line::starter);
  }

  /** Checks that the outputs lie here, with everything that was begun for the run at its end. */
  RunEvent prepareExit(RunRef run, StreamId stream, ClassAd ad, List<OutputStore.Named> outputs) {
    ServedRun served = servedByRun.get(run);
    if (served == null) {
      throw new IllegalStateException("run " + run + " is open but not served");
    }
    served.gate().shut();
    try {
      if (!served.gate().awaitEmpty(HANDLER_PATIENCE)) {
        return new RunEvent.FilesFailed(
            run, Fault.of(Fault.OUTPUT, "a read or write of the job's files does not return"));
      }
      List<Rename> renames = served.outputs().prepare(outputs);
      ClassAd whole =
          ad.toBuilder()
              .put("BytesSent", served.outputs().bytes())
              .put("BytesRecvd", served.sent())
              .build();
      return new RunEvent.ProgramExited(run, stream, new Exit(whole, renames));
    } catch (RefusedException e) {
      log.atWarn()
          .addKeyValue("run", run)
          .addKeyValue("reason", e.getMessage())
          .log("exit refused");
      return new RunEvent.StarterEnded(
          run, stream, End.because(End.Outcome.MACHINE_FAILED, e.reason()));
    } catch (FaultException e) {
      return new RunEvent.FilesFailed(run, e.fault());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while an exit was prepared", e);
    }
  }

  /** For a new stream to the schedd, which may have missed what was said on the one before. */
  void sayAgain(RunState state) {
    switch (state) {
      case RunState.Ended(Run run, End end) -> voice.ended(run.ref(), end);
      case RunState.WithRights known -> {
        RunRef run = known.run().ref();
        ClassAd ad = executing.get(run);
        if (ad != null) {
          voice.news(run, News.EXECUTING, ad);
        }
        News kind = unheard.remove(run);
        if (kind != null) {
          voice.news(run, kind, ClassAd.empty());
        }
        Standing last = standing.get(run);
        if (last != null) {
          voice.news(run, last.kind(), last.ad());
        }
      }
      case RunState.None _, RunState.Publishing _, RunState.Closing _ -> {}
    }
  }
}
