package io.urubu.starter.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The checkpoints of a run: when they are taken, what becomes of them, and of the job by them. */
final class SaveDecider {
  private SaveDecider() {}

  static Step decide(RunState state, RunEvent.Saving event, long now) {
    return switch (event) {
      case RunEvent.CheckpointAsked() -> asked(state, now);
      case RunEvent.Taken(var number) -> taken(state, number, now);
      case RunEvent.TakeFailed(var number, var why) -> takeFailed(state, number, why, now);
      case RunEvent.UploadFailed(var number, var why) -> uploadFailed(state, number, why);
      case RunEvent.CheckpointCommitted(var number, var generation) ->
          committed(state, number, generation);
      case RunEvent.CheckpointRefused(var number, _) -> refused(state, number);
    };
  }

  /** Somebody wants one; it is taken as soon as it can be. */
  private static Step asked(RunState state, long now) {
    if (!state.phase().isGoingOn() || state.saves().taking().isPresent()) {
      return Step.to(state);
    }
    boolean isKnown = state.phase().hasProgram() || state.phase() instanceof Phase.Resting;
    if (isKnown && !state.saves().plan().canAsk()) {
      return Step.to(
          state, new RunAction.TellCheckpointFailed("this job cannot be saved while it runs here"));
    }
    return tick(state.with(state.saves().wanted()), now);
  }

  static Step tick(RunState state, long now) {
    Saves saves = state.saves();
    boolean isPossible =
        state.phase() instanceof Phase.Running(var isUp)
            && isUp
            && !state.isHeld()
            && saves.plan().canAsk()
            && saves.isIdle();
    return isPossible && saves.isDue(now) ? take(state) : Step.to(state);
  }

  private static Step take(RunState state) {
    Saves begun = state.saves().begun();
    return Step.to(
        state.with(begun), new RunAction.Take(begun.last(), state.saves().plan().limit()));
  }

  /** The job has to go, and can be saved before. A stopped one cannot: it goes on for that. */
  static Step lastTake(RunState state, RunEnd.Vacated end, long killAt) {
    Step taking = state.saves().taking().isPresent() ? Step.to(state) : take(state);
    Step saving =
        new Step(
            taking
                .state()
                .with(new Phase.Saving(end, taking.state().saves().last(), killAt, false)),
            taking.actions());
    return state.isHeld() ? saving.after(new RunAction.Thaw()) : saving;
  }

  /** The program ended by saying that it has saved itself. */
  static Step savedItself(RunState state) {
    if (state.saves().taking().isPresent()) {
      return Step.to(state.with(new Phase.Resting(state.saves().last())));
    }
    Saves begun = state.saves().begun();
    return Step.to(
        state.with(begun).with(new Phase.Resting(begun.last())),
        new RunAction.TakeAtRest(begun.last()));
  }

  /** It did so when it was asked to end. */
  static Step savedItselfAtLast(RunState state, RunEnd.Vacated end, long killAt) {
    Saves begun = state.saves().begun();
    return Step.to(
        state.with(begun).with(new Phase.Saving(end, begun.last(), killAt, true)),
        new RunAction.TellLeftMemory(),
        new RunAction.TakeAtRest(begun.last()));
  }

  private static Step taken(RunState state, int number, long now) {
    if (!state.saves().taking().equals(Optional.of(number))) {
      return Step.to(state, new RunAction.Discard(number));
    }
    RunState idle = state.with(state.saves().notTaking(now));
    return switch (idle.phase()) {
      case Phase.Running _ -> send(idle, number);
      case Phase.Resting _ -> {
        Step sent = send(idle, number);
        yield RunDecider.startOrWait(sent.state(), now).after(sent.actions());
      }
      case Phase.Saving(var end, _, _, var isProgramGone) -> {
        Step sent = sendNow(idle, number);
        yield isProgramGone
            ? EndDecider.emptied(sent.state(), end, number, false).after(sent.actions())
            // The owner waits for the memory, not for the network.
            : Step.to(sent.state().with(new Phase.Emptying(end, number)), new RunAction.Kill())
                .before(sent.actions());
      }
      case Phase.Opening _,
          Phase.Fetching _,
          Phase.Waiting _,
          Phase.Restoring _,
          Phase.Emptying _,
          Phase.Uploading _,
          Phase.Leaving _,
          Phase.Failing _,
          Phase.Storing _,
          Phase.Reporting _,
          Phase.Cleaning _,
          Phase.Gone _ ->
          Step.to(idle, new RunAction.Discard(number));
    };
  }

  /** One after the other; of those that wait only the newest counts. */
  private static Step send(RunState state, int number) {
    Saves saves = state.saves();
    if (saves.uploading().isEmpty()) {
      return Step.to(
          state.with(saves.sending(Optional.of(number), Optional.empty())),
          new RunAction.Upload(number, false));
    }
    List<RunAction> actions = new ArrayList<>();
    saves.next().ifPresent(older -> actions.add(new RunAction.Discard(older)));
    return new Step(state.with(saves.sending(saves.uploading(), Optional.of(number))), actions);
  }

  /** The last one of a job overtakes all others. */
  private static Step sendNow(RunState state, int number) {
    Step cleared = dropped(Step.to(state));
    List<RunAction> actions = new ArrayList<>(cleared.actions());
    actions.add(new RunAction.Upload(number, true));
    Saves saves = cleared.state().saves().sending(Optional.of(number), Optional.empty());
    return new Step(state.with(saves), actions);
  }

  static Step takeFailed(RunState state, int number, String reason, long now) {
    if (!state.saves().taking().equals(Optional.of(number))) {
      return Step.to(state, new RunAction.Discard(number));
    }
    RunState idle = state.with(state.saves().notTaking(now));
    Step next =
        switch (idle.phase()) {
          case Phase.Resting _ -> RunDecider.startOrWait(idle, now);
          case Phase.Saving(var end, _, _, var isProgramGone) when isProgramGone ->
              EndDecider.finished(idle, end, false);
          case Phase.Saving(var end, _, var killAt, _) ->
              Step.to(
                  idle.with(new Phase.Leaving(end.reason(), Optional.of(end), killAt)),
                  killAt - now > 0 ? new RunAction.Terminate() : new RunAction.Kill());
          case Phase.Opening _,
              Phase.Fetching _,
              Phase.Waiting _,
              Phase.Restoring _,
              Phase.Running _,
              Phase.Emptying _,
              Phase.Uploading _,
              Phase.Leaving _,
              Phase.Failing _,
              Phase.Storing _,
              Phase.Reporting _,
              Phase.Cleaning _,
              Phase.Gone _ ->
              Step.to(idle);
        };
    // Who was killed meanwhile was not to be saved any more.
    boolean isNews = idle.phase().isGoingOn() || idle.phase() instanceof Phase.Saving;
    Step told = isNews ? next.after(new RunAction.TellCheckpointFailed(reason)) : next;
    return told.after(new RunAction.Discard(number));
  }

  private static Step committed(RunState state, int number, int generation) {
    if (!state.saves().uploading().equals(Optional.of(number))) {
      return Step.to(state);
    }
    Step next = resolved(state.with(state.saves().committed(number)), number);
    return next.after(new RunAction.TellCheckpointed(number, generation));
  }

  private static Step uploadFailed(RunState state, int number, String reason) {
    return state.saves().uploading().equals(Optional.of(number))
        ? resolved(state, number).after(new RunAction.TellCheckpointFailed(reason))
        : Step.to(state);
  }

  private static Step refused(RunState state, int number) {
    return state.saves().uploading().equals(Optional.of(number))
        ? resolved(state, number)
        : Step.to(state);
  }

  /** The shadow has answered, or will not: the next one may pass. */
  private static Step resolved(RunState state, int number) {
    Saves saves = state.saves();
    RunState done = state.with(saves.sending(saves.next(), Optional.empty()));
    Step next =
        done.phase() instanceof Phase.Uploading(var end, _, var isLast)
            ? EndDecider.uploaded(done, end, isLast && saves.committed() == number)
            : Step.to(done);
    Step sent =
        saves
            .next()
            .map(waiting -> next.after(new RunAction.Upload(waiting, !done.phase().isGoingOn())))
            .orElse(next);
    return sent.after(new RunAction.Discard(number));
  }

  /** No checkpoint is of use any more. */
  static Step dropped(Step step) {
    Saves saves = step.state().saves();
    Saves none = saves.sending(Optional.empty(), Optional.empty());
    if (step.state().phase() instanceof Phase.Cleaning) {
      // All files go.
      return new Step(step.state().with(none), step.actions());
    }
    List<RunAction> actions = new ArrayList<>();
    saves.uploading().ifPresent(number -> actions.add(new RunAction.Discard(number)));
    saves.next().ifPresent(number -> actions.add(new RunAction.Discard(number)));
    return new Step(step.state().with(none), step.actions()).before(actions);
  }
}
