package io.urubu.shadow.runs;

import io.urubu.classad.ClassAd;
import io.urubu.shadow.runs.RunAction.AwaitHandlers;
import io.urubu.shadow.runs.RunAction.DropStream;
import io.urubu.shadow.runs.RunAction.OpenGate;
import io.urubu.shadow.runs.RunAction.PrepareCheckpoint;
import io.urubu.shadow.runs.RunAction.Publish;
import io.urubu.shadow.runs.RunAction.RecordAdmit;
import io.urubu.shadow.runs.RunAction.RecordEnd;
import io.urubu.shadow.runs.RunAction.RecordExit;
import io.urubu.shadow.runs.RunAction.RecordPrepared;
import io.urubu.shadow.runs.RunAction.RecordPublished;
import io.urubu.shadow.runs.RunAction.RecordSettled;
import io.urubu.shadow.runs.RunAction.RemoveGenerations;
import io.urubu.shadow.runs.RunAction.RemoveLeftovers;
import io.urubu.shadow.runs.RunAction.SayAdmitFailed;
import io.urubu.shadow.runs.RunAction.SayAdmitted;
import io.urubu.shadow.runs.RunAction.SayEnded;
import io.urubu.shadow.runs.RunAction.SayNews;
import io.urubu.shadow.runs.RunAction.SayPrepared;
import io.urubu.shadow.runs.RunAction.SendAnswer;
import io.urubu.shadow.runs.RunAction.SendClosed;
import io.urubu.shadow.runs.RunAction.SendFinished;
import io.urubu.shadow.runs.RunAction.SendOpened;
import io.urubu.shadow.runs.RunAction.SettleCheckpoint;
import io.urubu.shadow.runs.RunAction.ShutGate;
import io.urubu.shadow.runs.RunEvent.AdmitAsked;
import io.urubu.shadow.runs.RunEvent.CheckpointAnswered;
import io.urubu.shadow.runs.RunEvent.CheckpointPrepared;
import io.urubu.shadow.runs.RunEvent.CheckpointRecorded;
import io.urubu.shadow.runs.RunEvent.CheckpointTaken;
import io.urubu.shadow.runs.RunEvent.CloseAsked;
import io.urubu.shadow.runs.RunEvent.FilesFailed;
import io.urubu.shadow.runs.RunEvent.HandlersGone;
import io.urubu.shadow.runs.RunEvent.HandlersStuck;
import io.urubu.shadow.runs.RunEvent.HeartbeatAnswered;
import io.urubu.shadow.runs.RunEvent.NewsCame;
import io.urubu.shadow.runs.RunEvent.OfCheckpoint;
import io.urubu.shadow.runs.RunEvent.OfKnownRun;
import io.urubu.shadow.runs.RunEvent.ProgramExited;
import io.urubu.shadow.runs.RunEvent.PublishFailed;
import io.urubu.shadow.runs.RunEvent.Published;
import io.urubu.shadow.runs.RunEvent.RestoreFailed;
import io.urubu.shadow.runs.RunEvent.Settled;
import io.urubu.shadow.runs.RunEvent.StarterEnded;
import io.urubu.shadow.runs.RunEvent.StarterGone;
import io.urubu.shadow.runs.RunEvent.StarterOpened;
import io.urubu.shadow.runs.RunEvent.Tick;
import io.urubu.shadow.runs.RunState.Admitted;
import io.urubu.shadow.runs.RunState.Closing;
import io.urubu.shadow.runs.RunState.Disconnected;
import io.urubu.shadow.runs.RunState.Ended;
import io.urubu.shadow.runs.RunState.None;
import io.urubu.shadow.runs.RunState.Open;
import io.urubu.shadow.runs.RunState.Publishing;
import io.urubu.shadow.runs.RunState.WithRights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides the life of one job's runs. At most one run has rights, and what was made durable about
 * an end is never changed by what comes later.
 */
public final class RunDecider {

  private RunDecider() {}

  /** The next state and what to do; the actions are to be carried out in their order. */
  public static Step step(RunState state, RunEvent event) {
    return switch (event) {
      case AdmitAsked asked -> ScheddAsks.admit(state, asked);
      case CloseAsked asked -> ScheddAsks.close(state, asked);
      case CheckpointRecorded recorded -> Step.to(state, new SettleCheckpoint(recorded.verdict()));
      case Settled settled when state instanceof None && settled.jobEnded() ->
          Step.to(state, new RemoveGenerations(settled.run()));
      case OfKnownRun known -> isAbout(state, known) ? same(state, known) : Step.to(state);
    };
  }

  static boolean isAbout(RunState state, RunEvent event) {
    return switch (state) {
      case None _ -> false;
      case WithRights s -> s.run().ref().equals(event.run());
      case Publishing s -> s.run().ref().equals(event.run());
      case Closing s -> s.run().ref().equals(event.run());
      case Ended s -> s.run().ref().equals(event.run());
    };
  }

  private static Step same(RunState state, OfKnownRun event) {
    return switch (state) {
      case None none -> Step.to(none);
      case WithRights s -> withRights(s, event);
      case Publishing s -> publishing(s, event);
      case Closing s -> closing(s, event);
      case Ended s -> ended(s, event);
    };
  }

  // A run with rights.

  private static Step withRights(WithRights state, OfKnownRun event) {
    return switch (event) {
      case StarterOpened opened -> open(state, opened);
      case StarterGone gone when holds(state, gone.stream()) ->
          Step.to(
              new Disconnected(state.run(), state.leaseUntil()),
              new SayNews(gone.run(), News.DISCONNECTED, ClassAd.empty()));
      case HeartbeatAnswered beat when holds(state, beat.stream()) ->
          Step.to(new Open(state.run(), beat.now().plus(state.run().lease()), beat.stream()));
      case NewsCame news when holds(state, news.stream()) ->
          Step.to(state, new SayNews(news.run(), news.kind(), news.ad()));
      case ProgramExited exited when holds(state, exited.stream()) -> exit(state, exited);
      case StarterEnded over when holds(state, over.stream()) -> starterEnded(state, over);
      case FilesFailed failed -> endWith(state, failed.fault().end());
      case RestoreFailed failed -> endWith(state, failed.end());
      case OfCheckpoint checkpoint -> checkpoint(state, checkpoint);
      case Tick tick when tick.now().isAfter(state.leaseUntil()) ->
          endWith(
              state,
              End.because(
                  End.Outcome.LOST,
                  "Job lease expired: nothing was heard of the starter for %d s"
                      .formatted(state.run().lease().toSeconds())));
      case StarterGone _,
          HeartbeatAnswered _,
          NewsCame _,
          ProgramExited _,
          StarterEnded _,
          HandlersGone _,
          HandlersStuck _,
          Published _,
          PublishFailed _,
          Settled _,
          Tick _ ->
          Step.to(state);
    };
  }

  /** Only a run with rights has one prepared; what was prepared is offered in any case. */
  private static Step checkpoint(RunState state, OfCheckpoint event) {
    return switch (event) {
      case CheckpointTaken taken
          when state instanceof WithRights with && holds(with, taken.stream()) ->
          Step.to(state, new PrepareCheckpoint(with.run(), taken.taken()));
      case CheckpointPrepared fresh ->
          Step.to(state, new RecordPrepared(fresh.prepared()), new SayPrepared(fresh.prepared()));
      case CheckpointAnswered answered when state instanceof Open open ->
          Step.to(state, new SendAnswer(open.stream(), answered.answer()));
      case CheckpointTaken _, CheckpointAnswered _ -> Step.to(state);
    };
  }

  private static boolean holds(WithRights state, StreamId stream) {
    return state instanceof Open open && open.stream().equals(stream);
  }

  private static Step open(WithRights state, StarterOpened opened) {
    List<RunAction> actions = new ArrayList<>();
    if (state instanceof Open open) {
      actions.add(new DropStream(open.stream()));
    }
    actions.add(new SendOpened(state.run(), opened.stream()));
    if (opened.resumed() && state instanceof Admitted) {
      // The shadow before was gone meanwhile, and could not say so itself.
      actions.add(new SayNews(opened.run(), News.DISCONNECTED, ClassAd.empty()));
    }
    if (opened.resumed() && !(state instanceof Open)) {
      actions.add(new SayNews(opened.run(), News.RECONNECTED, ClassAd.empty()));
    }
    return new Step(
        new Open(state.run(), opened.now().plus(state.run().lease()), opened.stream()), actions);
  }

  private static Step exit(WithRights state, ProgramExited exited) {
    return Step.to(
        new Publishing(state.run(), exited.exit(), Optional.of(exited.stream())),
        new RecordExit(exited.run(), exited.exit()),
        new ShutGate(exited.run()),
        new Publish(state.run(), exited.exit()));
  }

  private static Step starterEnded(WithRights state, StarterEnded over) {
    List<RunAction> actions = new ArrayList<>();
    actions.add(new RecordEnd(over.run(), over.end()));
    actions.add(new SendFinished(over.stream()));
    actions.add(new ShutGate(over.run()));
    actions.add(new AwaitHandlers(over.run()));
    return new Step(new Closing(state.run(), over.end(), Optional.empty()), actions);
  }

  static Step endWith(WithRights state, End end) {
    return new Step(
        new Closing(state.run(), end, Optional.empty()), ending(state, end, new ArrayList<>()));
  }

  static List<RunAction> ending(WithRights state, End end, List<RunAction> actions) {
    actions.add(new RecordEnd(state.run().ref(), end));
    actions.add(new ShutGate(state.run().ref()));
    if (state instanceof Open open) {
      actions.add(new SendClosed(open.stream(), end.reason()));
    }
    actions.add(new AwaitHandlers(state.run().ref()));
    return actions;
  }

  // A run without rights.

  private static Step publishing(Publishing state, OfKnownRun event) {
    return switch (event) {
      case StarterOpened opened ->
          Step.to(new Publishing(state.run(), state.exit(), Optional.of(opened.stream())));
      case Published published ->
          published(state, published, new Ended(state.run(), state.exit().end()));
      case PublishFailed failed -> publishFailed(state, failed.fault().end());
      case OfCheckpoint checkpoint -> checkpoint(state, checkpoint);
      case StarterGone _,
          HeartbeatAnswered _,
          NewsCame _,
          ProgramExited _,
          StarterEnded _,
          RestoreFailed _,
          FilesFailed _,
          HandlersGone _,
          HandlersStuck _,
          Settled _,
          Tick _ ->
          Step.to(state);
    };
  }

  private static Step published(Publishing state, Published event, Ended next) {
    List<RunAction> actions = new ArrayList<>();
    actions.add(new RecordPublished(event.run()));
    actions.add(new RemoveLeftovers(state.run()));
    state.stream().ifPresent(stream -> actions.add(new SendFinished(stream)));
    actions.add(new SayEnded(event.run(), next.end()));
    return new Step(next, actions);
  }

  private static Step publishFailed(Publishing state, End end) {
    List<RunAction> actions = new ArrayList<>();
    actions.add(new RecordEnd(state.run().ref(), end));
    actions.add(new RemoveLeftovers(state.run()));
    state.stream().ifPresent(stream -> actions.add(new SendFinished(stream)));
    actions.add(new SayEnded(state.run().ref(), end));
    return new Step(new Ended(state.run(), end), actions);
  }

  private static Step closing(Closing state, OfKnownRun event) {
    return switch (event) {
      case HandlersGone gone -> handlersGone(state, gone);
      case HandlersStuck stuck -> handlersStuck(state, stuck);
      case StarterOpened opened ->
          Step.to(state, new SendClosed(opened.stream(), state.end().reason()));
      case Tick tick -> Step.to(state, new AwaitHandlers(tick.run()));
      case OfCheckpoint checkpoint -> checkpoint(state, checkpoint);
      case StarterGone _,
          HeartbeatAnswered _,
          NewsCame _,
          ProgramExited _,
          StarterEnded _,
          RestoreFailed _,
          FilesFailed _,
          Published _,
          PublishFailed _,
          Settled _ ->
          Step.to(state);
    };
  }

  private static Step handlersGone(Closing state, HandlersGone gone) {
    RemoveLeftovers remove = new RemoveLeftovers(state.run());
    if (state.next().isEmpty()) {
      return Step.to(
          new Ended(state.run(), state.end()),
          remove,
          new SayEnded(state.run().ref(), state.end()));
    }
    Run next = state.next().get();
    return Step.to(
        new Admitted(next, gone.now().plus(next.lease())),
        remove,
        new RecordAdmit(next),
        new OpenGate(next),
        new SayAdmitted(next.ref()));
  }

  private static Step handlersStuck(Closing state, HandlersStuck stuck) {
    List<RunAction> actions = new ArrayList<>();
    actions.add(new SayEnded(stuck.run(), state.end()));
    state
        .next()
        .ifPresent(
            next ->
                actions.add(
                    new SayAdmitFailed(
                        next.ref(),
                        Fault.of(
                            Fault.OUTPUT,
                            "run %d cannot be fenced: a read or write of a file of the job does not return; release the job when its file system answers"
                                .formatted(stuck.run().number())))));
    return new Step(new Closing(state.run(), state.end(), Optional.empty()), actions);
  }

  private static Step ended(Ended state, OfKnownRun event) {
    return switch (event) {
      case StarterOpened opened when state.end().outcome() == End.Outcome.EXITED ->
          Step.to(state, new SendFinished(opened.stream()));
      case StarterOpened opened ->
          Step.to(state, new SendClosed(opened.stream(), state.end().reason()));
      // First: what is settled is not said again, and then nobody would ask for it.
      case Settled settled when settled.jobEnded() ->
          Step.to(
              new None(), new RemoveGenerations(settled.run()), new RecordSettled(settled.run()));
      case Settled settled -> Step.to(new None(), new RecordSettled(settled.run()));
      case OfCheckpoint checkpoint -> checkpoint(state, checkpoint);
      case StarterGone _,
          HeartbeatAnswered _,
          NewsCame _,
          ProgramExited _,
          StarterEnded _,
          RestoreFailed _,
          FilesFailed _,
          HandlersGone _,
          HandlersStuck _,
          Published _,
          PublishFailed _,
          Tick _ ->
          Step.to(state);
    };
  }
}
