package io.urubu.starter.run;

import io.urubu.starter.sandbox.ProgramEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The life of a run as a pure function: state, event and time to state and actions. */
final class RunDecider {
  private static final int SIGKILL = 9;

  private RunDecider() {}

  static Step decide(RunState state, RunEvent event, long now) {
    return switch (event) {
      // The lease itself counts from heartbeats: this side does not know when it was opened there.
      case RunEvent.Opened(var lease) -> opened(state.withLease(lease, state.leaseFrom()));
      case RunEvent.Answered(var sent) -> Step.to(state.withLease(state.lease(), sent));
      case RunEvent.Rejected(var reason) -> EndDecider.ended(state, reason, Optional.empty(), now);
      case RunEvent.Finished() -> EndDecider.ended(state, "finished", Optional.empty(), now);
      case RunEvent.InputsLaid(var generation, var plan) ->
          state.phase() instanceof Phase.Fetching
              ? startOrWait(state.from(generation).with(state.saves().withPlan(plan)), now)
              : Step.to(state);
      case RunEvent.InputsFailed(var failure) ->
          state.phase() instanceof Phase.Fetching ? report(state, failure) : Step.to(state);
      case RunEvent.ProgramStarting() -> starting(state, now);
      case RunEvent.Restarted() -> restarted(state, now);
      case RunEvent.RestartFailed(var failure) ->
          state.phase() instanceof Phase.Restoring(_, _, var ended)
              ? EndDecider.failed(state, failure, ended.isPresent())
              : Step.to(state);
      case RunEvent.ProgramEnded ended -> programEnded(state, ended, now);
      case RunEvent.Saving saving -> SaveDecider.decide(state, saving, now);
      case RunEvent.OutputsStored() ->
          state.phase() instanceof Phase.Storing(var end, var giveUpAt, _)
              ? Step.to(state.with(new Phase.Reporting(end, giveUpAt)), new RunAction.Report(end))
              : Step.to(state);
      case RunEvent.OutputsFailed(var failure) ->
          state.phase() instanceof Phase.Storing ? report(state, failure) : Step.to(state);
      case RunEvent.HoldAsked(var holder, var reason) -> held(state, holder, reason);
      case RunEvent.ReleaseAsked(var holder) -> released(state, holder, now);
      case RunEvent.EndAsked end -> EndDecider.asked(state, end, now);
      case RunEvent.StartdLost() -> startdLost(state, now);
      case RunEvent.StartdBack() -> Step.to(state.with(state.holds().withStartd()));
      case RunEvent.Cleaned() ->
          state.phase() instanceof Phase.Cleaning(var reason)
              ? Step.to(state.with(new Phase.Gone(reason)), new RunAction.TellGone(reason))
              : Step.to(state);
      case RunEvent.Tick() -> tick(state, now);
    };
  }

  private static Step opened(RunState state) {
    List<RunAction> told = new ArrayList<>();
    if (state.phase().isGoingOn() && state.isHeld()) {
      told.add(new RunAction.TellSuspended(state.holds().reason()));
    }
    // Another shadow may serve now, which has none of the files.
    state
        .saves()
        .uploading()
        .ifPresent(number -> told.add(new RunAction.Upload(number, !state.phase().isGoingOn())));
    return switch (state.phase()) {
      case Phase.Opening() ->
          Step.to(state.with(new Phase.Fetching()), new RunAction.FetchInputs()).after(told);
      case Phase.Reporting(RunEnd.Exited end, var giveUpAt) ->
          Step.to(state.with(new Phase.Storing(end, giveUpAt, true)), new RunAction.StoreOutputs());
      case Phase.Reporting(var end, _) -> Step.to(state, new RunAction.Report(end));
      case Phase.Running _, Phase.Resting _, Phase.Saving _ ->
          Step.to(state).after(told).after(new RunAction.TellExecuting());
      case Phase.Fetching _,
          Phase.Waiting _,
          Phase.Restoring _,
          Phase.Emptying _,
          Phase.Uploading _,
          Phase.Leaving _,
          Phase.Failing _,
          Phase.Storing _,
          Phase.Cleaning _,
          Phase.Gone _ ->
          Step.to(state).after(told);
    };
  }

  /** The program starts, unless something holds it. */
  static Step startOrWait(RunState state, long now) {
    if (state.isHeld()) {
      return Step.to(state.with(new Phase.Waiting()));
    }
    int generation = state.generation();
    Phase next =
        generation == 0
            ? new Phase.Running(false)
            : new Phase.Restoring(generation, now + limit(state), Optional.empty());
    return Step.to(state.from(0).with(next), new RunAction.StartProgram(generation));
  }

  private static long limit(RunState state) {
    return state.saves().plan().limit().toNanos();
  }

  private static Step starting(RunState state, long now) {
    // One that comes back runs only when it is what it was.
    return state.phase() instanceof Phase.Running
        ? Step.to(
            state.with(new Phase.Running(true)).with(state.saves().dueFrom(now)),
            new RunAction.TellExecuting())
        : Step.to(state);
  }

  private static Step restarted(RunState state, long now) {
    if (!(state.phase() instanceof Phase.Restoring(_, _, var ended))) {
      return Step.to(state);
    }
    RunState running = state.with(new Phase.Running(true)).with(state.saves().dueFrom(now));
    Step next = ended.map(end -> programEnded(running, end, now)).orElseGet(() -> Step.to(running));
    return next.after(List.of(new RunAction.DropRestored(), new RunAction.TellExecuting()));
  }

  static Step report(RunState state, RunEnd end) {
    return Step.to(
        state.with(new Phase.Reporting(end, Optional.empty())), new RunAction.Report(end));
  }

  private static Step programEnded(RunState state, RunEvent.ProgramEnded ended, long now) {
    return switch (state.phase()) {
      case Phase.Running _ when ended.isCheckpoint() -> SaveDecider.savedItself(state);
      case Phase.Running _ -> over(state, ended.end(), Optional.empty());
      case Phase.Restoring(var generation, var failAt, _) ->
          Step.to(state.with(new Phase.Restoring(generation, failAt, Optional.of(ended))));
      case Phase.Saving(var end, var number, var killAt, _) when ended.isCheckpoint() ->
          Step.to(
              state.with(new Phase.Saving(end, number, killAt, true)),
              new RunAction.TellLeftMemory());
      // It had to go anyway, and what ended it was not its own will.
      case Phase.Saving(var end, _, _, _) when ended.end() instanceof ProgramEnd.Broken ->
          EndDecider.finished(state, end, false);
      case Phase.Saving(_, _, var killAt, _) -> over(state, ended.end(), Optional.of(killAt));
      case Phase.Emptying _ when wasFaster(ended.end()) ->
          over(state, ended.end(), Optional.of(now + state.vacateTime().toNanos()));
      case Phase.Emptying(var end, var number) -> EndDecider.emptied(state, end, number, true);
      case Phase.Leaving(_, var report, var killAt)
          when ended.isCheckpoint()
              && killAt - now > 0
              && report.orElse(null) instanceof RunEnd.Vacated end ->
          SaveDecider.savedItselfAtLast(state, end, killAt);
      case Phase.Leaving(var reason, var report, _) -> EndDecider.left(state, reason, report);
      case Phase.Failing(var failure) -> report(state, failure);
      case Phase.Opening _,
          Phase.Fetching _,
          Phase.Waiting _,
          Phase.Resting _,
          Phase.Uploading _,
          Phase.Storing _,
          Phase.Reporting _,
          Phase.Cleaning _,
          Phase.Gone _ ->
          Step.to(state);
    };
  }

  /** The program was killed, but had ended by itself just before. */
  private static boolean wasFaster(ProgramEnd end) {
    return switch (end) {
      case ProgramEnd.Exited _ -> true;
      case ProgramEnd.Signalled(var signal) -> signal != SIGKILL;
      case ProgramEnd.Unstarted _, ProgramEnd.Broken _ -> false;
    };
  }

  /** The program ended by itself: nothing else counts any more. */
  private static Step over(RunState state, ProgramEnd end, Optional<Long> giveUpAt) {
    Step next =
        switch (end) {
          case ProgramEnd.Exited _, ProgramEnd.Signalled _ ->
              Step.to(
                  state.with(new Phase.Storing(new RunEnd.Exited(end), giveUpAt, false)),
                  new RunAction.StoreOutputs());
          case ProgramEnd.Unstarted(var reason) ->
              report(state, RunEnd.Failed.ofUser(RunEnd.Failed.PROGRAM, reason));
          case ProgramEnd.Broken(var reason) -> report(state, RunEnd.Failed.ofMachine(reason));
        };
    return SaveDecider.dropped(next);
  }

  private static Step held(RunState state, Holder holder, String reason) {
    RunState held = state.with(state.holds().with(holder, Optional.of(reason)));
    return frozen(state, held);
  }

  private static Step startdLost(RunState state, long now) {
    return frozen(state, state.with(state.holds().withoutStartd(now)));
  }

  /** Said again each time: the startd may not have heard it. */
  private static Step frozen(RunState before, RunState held) {
    if (!held.phase().isGoingOn()) {
      return Step.to(held);
    }
    Step step = Step.to(held, new RunAction.Freeze());
    return before.isHeld()
        ? step
        : Step.to(held, new RunAction.TellSuspended(held.holds().reason()))
            .after(new RunAction.Freeze());
  }

  private static Step released(RunState state, Holder holder, long now) {
    RunState free = state.with(state.holds().with(holder, Optional.empty()));
    if (free.isHeld() || !free.phase().isGoingOn()) {
      return Step.to(free);
    }
    Step next = free.phase() instanceof Phase.Waiting ? startOrWait(free, now) : Step.to(free);
    Step told = state.isHeld() ? next.after(new RunAction.TellContinued()) : next;
    return told.after(new RunAction.Thaw());
  }

  private static Step tick(RunState state, long now) {
    if (state.isShadowLeaseOver(now)) {
      return leaseOver(state, "the shadow", now);
    }
    if (state.isStartdLeaseOver(now)) {
      return leaseOver(state, "the startd", now);
    }
    return switch (state.phase()) {
      case Phase.Running _ -> SaveDecider.tick(state, now);
      // Who stands still does not come back: the time counts from when it may go on.
      case Phase.Restoring(var generation, _, var ended) when state.isHeld() ->
          Step.to(state.with(new Phase.Restoring(generation, now + limit(state), ended)));
      case Phase.Restoring _,
          Phase.Saving _,
          Phase.Emptying _,
          Phase.Leaving _,
          Phase.Failing _,
          Phase.Storing _,
          Phase.Reporting _ ->
          EndDecider.tick(state, now);
      case Phase.Opening _,
          Phase.Fetching _,
          Phase.Waiting _,
          Phase.Resting _,
          Phase.Uploading _,
          Phase.Cleaning _,
          Phase.Gone _ ->
          Step.to(state);
    };
  }

  private static Step leaseOver(RunState state, String who, long now) {
    String reason = "the lease is over: " + who + " was away for " + text(state.lease());
    RunEnd end = RunEnd.Vacated.of(reason, RunEnd.Vacated.LEASE_EXPIRED);
    return EndDecider.ended(state, reason, Optional.of(end), now);
  }

  private static String text(Duration duration) {
    return duration.toSeconds() + " s";
  }
}
