package io.urubu.starter.run;

import io.urubu.starter.sandbox.ProgramEnd;
import java.time.Duration;
import java.util.Optional;

/** The life of a run as a pure function: state, event and time to state and actions. */
final class RunDecider {
  private RunDecider() {}

  static Step decide(RunState state, RunEvent event, long now) {
    return switch (event) {
      // The lease itself counts from heartbeats: this side does not know when it was opened there.
      case RunEvent.Opened(var lease) -> opened(state.withLease(lease, state.leaseFrom()));
      case RunEvent.Answered(var sent) -> Step.to(state.withLease(state.lease(), sent));
      case RunEvent.Rejected(var reason) -> ended(state, reason, Optional.empty(), now, now);
      case RunEvent.Finished() -> ended(state, "finished", Optional.empty(), now, now);
      case RunEvent.InputsLaid() -> inputsLaid(state);
      case RunEvent.InputsFailed(var failure) ->
          state.phase() instanceof Phase.Fetching ? report(state, failure) : Step.to(state);
      case RunEvent.ProgramStarting() ->
          state.phase() instanceof Phase.Running
              ? Step.to(state, new RunAction.TellExecuting())
              : Step.to(state);
      case RunEvent.ProgramEnded(var end) -> programEnded(state, end);
      case RunEvent.OutputsStored() ->
          state.phase() instanceof Phase.Storing(var end, var giveUpAt)
              ? Step.to(state.with(new Phase.Reporting(end, giveUpAt)), new RunAction.Report(end))
              : Step.to(state);
      case RunEvent.OutputsFailed(var failure) ->
          state.phase() instanceof Phase.Storing ? report(state, failure) : Step.to(state);
      case RunEvent.EndAsked(var graceful, var reason) -> endAsked(state, graceful, reason, now);
      case RunEvent.StartdLost() -> startdLost(state, now);
      case RunEvent.StartdBack() -> startdBack(state);
      case RunEvent.Cleaned() ->
          state.phase() instanceof Phase.Cleaning(var reason)
              ? Step.to(state.with(new Phase.Gone(reason)), new RunAction.TellGone(reason))
              : Step.to(state);
      case RunEvent.Tick() -> tick(state, now);
    };
  }

  private static Step opened(RunState state) {
    return switch (state.phase()) {
      case Phase.Opening() ->
          Step.to(state.with(new Phase.Fetching()), new RunAction.FetchInputs());
      // Another shadow may serve now, which has none of the outputs.
      case Phase.Reporting(RunEnd.Exited end, var giveUpAt) ->
          Step.to(state.with(new Phase.Storing(end, giveUpAt)), new RunAction.StoreOutputs());
      case Phase.Reporting(var end, _) -> Step.to(state, new RunAction.Report(end));
      case Phase.Running _ -> Step.to(state, new RunAction.TellExecuting());
      case Phase.Fetching _,
          Phase.Waiting _,
          Phase.Leaving _,
          Phase.Storing _,
          Phase.Cleaning _,
          Phase.Gone _ ->
          Step.to(state);
    };
  }

  private static Step inputsLaid(RunState state) {
    if (!(state.phase() instanceof Phase.Fetching)) {
      return Step.to(state);
    }
    return state.startdLostAt().isPresent()
        ? Step.to(state.with(new Phase.Waiting()))
        : start(state);
  }

  private static Step start(RunState state) {
    return Step.to(state.with(new Phase.Running()), new RunAction.StartProgram());
  }

  private static Step report(RunState state, RunEnd end) {
    return Step.to(
        state.with(new Phase.Reporting(end, Optional.empty())), new RunAction.Report(end));
  }

  private static Step programEnded(RunState state, ProgramEnd end) {
    return switch (state.phase()) {
      case Phase.Running() ->
          switch (end) {
            case ProgramEnd.Exited _, ProgramEnd.Signalled _ ->
                Step.to(
                    state.with(new Phase.Storing(new RunEnd.Exited(end), Optional.empty())),
                    new RunAction.StoreOutputs());
            case ProgramEnd.Unstarted(var reason) ->
                report(state, new RunEnd.Failed(RunEnd.Failed.PROGRAM, reason));
            case ProgramEnd.Broken(var reason) -> report(state, RunEnd.Failed.ofMachine(reason));
          };
      case Phase.Leaving(var reason, var report, _) -> leave(state, reason, report);
      case Phase.Opening _,
          Phase.Fetching _,
          Phase.Waiting _,
          Phase.Storing _,
          Phase.Reporting _,
          Phase.Cleaning _,
          Phase.Gone _ ->
          Step.to(state);
    };
  }

  private static Step leave(RunState state, String reason, Optional<RunEnd> report) {
    RunState next = state.with(new Phase.Cleaning(reason));
    return report
        .map(end -> Step.to(next, new RunAction.Report(end), new RunAction.Clean()))
        .orElseGet(() -> Step.to(next, new RunAction.Clean()));
  }

  private static Step endAsked(RunState state, boolean graceful, String reason, long now) {
    long deadline = graceful ? now + state.vacateTime().toNanos() : now;
    return switch (state.phase()) {
      // The owner waits for no job here, only for bytes: a polite end lets them pass.
      case Phase.Storing(var end, _) when graceful ->
          Step.to(state.with(new Phase.Storing(end, Optional.of(deadline))));
      case Phase.Reporting(var end, _) when graceful ->
          Step.to(state.with(new Phase.Reporting(end, Optional.of(deadline))));
      // It is over and was said so; saying that it was vacated would be another end.
      case Phase.Reporting _ -> leave(state, reason, Optional.empty());
      case Phase.Leaving(var first, var report, var killAt) ->
          deadline - killAt < 0
              ? killing(state.with(new Phase.Leaving(first, report, deadline)), graceful)
              : Step.to(state);
      case Phase.Opening _,
          Phase.Fetching _,
          Phase.Waiting _,
          Phase.Running _,
          Phase.Storing _,
          Phase.Cleaning _,
          Phase.Gone _ ->
          ended(state, reason, Optional.of(new RunEnd.Vacated(reason)), deadline, now);
    };
  }

  private static Step killing(RunState state, boolean graceful) {
    return graceful ? Step.to(state) : Step.to(state, new RunAction.Kill());
  }

  /** Whatever it does, it is over; a running program first has to go. */
  private static Step ended(
      RunState state, String reason, Optional<RunEnd> report, long killAt, long now) {
    return switch (state.phase()) {
      case Phase.Running() ->
          Step.to(
              state.with(new Phase.Leaving(reason, report, killAt)),
              killAt - now > 0 ? new RunAction.Terminate() : new RunAction.Kill());
      case Phase.Leaving(var first, _, _) ->
          Step.to(state.with(new Phase.Leaving(first, report, now)), new RunAction.Kill());
      case Phase.Opening _, Phase.Fetching _, Phase.Waiting _, Phase.Storing _, Phase.Reporting _ ->
          leave(state, reason, report);
      case Phase.Cleaning _, Phase.Gone _ -> Step.to(state);
    };
  }

  private static Step startdLost(RunState state, long now) {
    if (state.startdLostAt().isPresent()) {
      return Step.to(state);
    }
    RunState alone = state.withStartd(Optional.of(now));
    return state.phase() instanceof Phase.Running
        ? Step.to(alone, new RunAction.Freeze())
        : Step.to(alone);
  }

  private static Step startdBack(RunState state) {
    RunState together = state.withStartd(Optional.empty());
    return switch (state.phase()) {
      case Phase.Running() when state.startdLostAt().isPresent() ->
          Step.to(together, new RunAction.Thaw());
      case Phase.Waiting() -> start(together);
      case Phase.Opening _,
          Phase.Fetching _,
          Phase.Running _,
          Phase.Leaving _,
          Phase.Storing _,
          Phase.Reporting _,
          Phase.Cleaning _,
          Phase.Gone _ ->
          Step.to(together);
    };
  }

  private static Step tick(RunState state, long now) {
    if (state.isShadowLeaseOver(now)) {
      return once(state, "the lease is over: the shadow was away for " + text(state.lease()), now);
    }
    if (state.isStartdLeaseOver(now)) {
      return once(state, "the lease is over: the startd was away for " + text(state.lease()), now);
    }
    return switch (state.phase()) {
      // Said again at each tick after the deadline: a kill costs nothing.
      case Phase.Leaving(_, _, var killAt) when now - killAt >= 0 ->
          Step.to(state, new RunAction.Kill());
      case Phase.Storing(_, var giveUpAt) when isPast(giveUpAt, now) ->
          leave(
              state,
              "the output did not pass in time",
              Optional.of(new RunEnd.Vacated("the output did not pass in time")));
      case Phase.Reporting(_, var giveUpAt) when isPast(giveUpAt, now) ->
          leave(state, "the shadow did not answer in time", Optional.empty());
      case Phase.Opening _,
          Phase.Fetching _,
          Phase.Waiting _,
          Phase.Running _,
          Phase.Leaving _,
          Phase.Storing _,
          Phase.Reporting _,
          Phase.Cleaning _,
          Phase.Gone _ ->
          Step.to(state);
    };
  }

  private static Step once(RunState state, String reason, long now) {
    return ended(state, reason, Optional.of(new RunEnd.Vacated(reason)), now, now);
  }

  private static boolean isPast(Optional<Long> deadline, long now) {
    return deadline.isPresent() && now - deadline.get() >= 0;
  }

  private static String text(Duration duration) {
    return duration.toSeconds() + " s";
  }
}
