package io.urubu.starter.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a run comes to its end when it is not its program that ends it. */
final class EndDecider {
  /** Only a polite end sets a time for what is still to be sent. */
  private static final String TOO_LATE = "OwnerReturned";

  private EndDecider() {}

  /** The startd wants the machine back. */
  static Step asked(RunState state, RunEvent.EndAsked asked, long now) {
    RunEnd.Vacated end = RunEnd.Vacated.of(asked.reason(), asked.code());
    if (asked.graceful()) {
      return polite(state, end, now);
    }
    return switch (state.phase()) {
      // It is over and was said so; saying that it was vacated would be another end.
      case Phase.Reporting _ -> leave(state, asked.reason(), Optional.empty());
      case Phase.Saving(var first, _, _, _) -> ended(state, first, now);
      case Phase.Emptying(var first, _) -> ended(state, first, now);
      case Phase.Uploading(var first, _, _) -> ended(state, first, now);
      case Phase.Leaving(var reason, var report, _) -> ended(state, reason, report, now);
      case Phase.Failing(var failure) -> ended(state, failure.reason(), Optional.of(failure), now);
      case Phase.Opening _,
          Phase.Fetching _,
          Phase.Waiting _,
          Phase.Restoring _,
          Phase.Running _,
          Phase.Resting _,
          Phase.Storing _,
          Phase.Cleaning _,
          Phase.Gone _ ->
          ended(state, end, now);
    };
  }

  private static Step polite(RunState state, RunEnd.Vacated end, long now) {
    long deadline = now + state.vacateTime().toNanos();
    return switch (state.phase()) {
      case Phase.Running(var isUp) when isUp && state.saves().plan().canAsk() ->
          SaveDecider.lastTake(state, end, deadline);
      case Phase.Running _ ->
          Step.to(
              state.with(new Phase.Leaving(end.reason(), Optional.of(end), deadline)),
              new RunAction.Terminate());
      case Phase.Resting(var number) ->
          Step.to(
              state.with(new Phase.Saving(end, number, deadline, true)),
              new RunAction.TellLeftMemory());
      case Phase.Waiting _ -> finished(state, end, true);
      // The owner waits for no job here, only for bytes: a polite end lets them pass.
      case Phase.Storing(var exit, _, var isTold) ->
          Step.to(state.with(new Phase.Storing(exit, Optional.of(deadline), isTold)));
      case Phase.Reporting(var first, _) ->
          Step.to(state.with(new Phase.Reporting(first, Optional.of(deadline))));
      case Phase.Leaving(var reason, var report, var killAt) when deadline - killAt < 0 ->
          Step.to(state.with(new Phase.Leaving(reason, report, deadline)));
      // It has not come further than its checkpoint.
      case Phase.Opening _, Phase.Fetching _, Phase.Restoring _ -> ended(state, end, now);
      case Phase.Saving _,
          Phase.Emptying _,
          Phase.Uploading _,
          Phase.Leaving _,
          Phase.Failing _,
          Phase.Cleaning _,
          Phase.Gone _ ->
          Step.to(state);
    };
  }

  private static Step ended(RunState state, RunEnd.Vacated end, long now) {
    return ended(state, end.reason(), Optional.of(end), now);
  }

  /** Whatever it does, it is over at once; a running program first has to go. */
  static Step ended(RunState state, String reason, Optional<RunEnd> report, long now) {
    Step next =
        switch (state.phase()) {
          case Phase.Restoring(_, _, var ended) when ended.isPresent() ->
              leave(state, reason, report);
          case Phase.Saving(_, _, _, var isProgramGone) when isProgramGone ->
              leave(state, reason, report);
          // The exit was told already: whoever has it must not hear of another end.
          case Phase.Storing(_, _, var isTold) when isTold ->
              leave(state, reason, Optional.empty());
          case Phase.Restoring _,
              Phase.Running _,
              Phase.Saving _,
              Phase.Emptying _,
              Phase.Leaving _,
              Phase.Failing _ ->
              Step.to(state.with(new Phase.Leaving(reason, report, now)), new RunAction.Kill());
          case Phase.Opening _,
              Phase.Fetching _,
              Phase.Waiting _,
              Phase.Resting _,
              Phase.Uploading _,
              Phase.Storing _,
              Phase.Reporting _ ->
              leave(state, reason, report);
          case Phase.Cleaning _, Phase.Gone _ -> Step.to(state);
        };
    return SaveDecider.dropped(next);
  }

  private static Step leave(RunState state, String reason, Optional<RunEnd> report) {
    RunState next = state.with(new Phase.Cleaning(reason));
    return report
        .map(end -> Step.to(next, new RunAction.Report(end), new RunAction.Clean()))
        .orElseGet(() -> Step.to(next, new RunAction.Clean()));
  }

  /** The program has gone as it was told. */
  static Step left(RunState state, String reason, Optional<RunEnd> report) {
    return report.orElse(null) instanceof RunEnd.Vacated end
        ? finished(state, end, false)
        : leave(state, reason, report);
  }

  /**
   * Nothing of the job is in memory; a checkpoint that is complete still passes.
   *
   * @param isLast it is of the job's last moment
   */
  static Step finished(RunState state, RunEnd.Vacated end, boolean isLast) {
    Optional<Integer> newest = state.saves().newest();
    if (newest.isEmpty()) {
      return leave(state, end.reason(), Optional.of(end));
    }
    int number = newest.get();
    List<RunAction> actions = new ArrayList<>();
    actions.add(new RunAction.TellLeftMemory());
    if (state.saves().next().isPresent()) {
      state.saves().uploading().ifPresent(older -> actions.add(new RunAction.Discard(older)));
      actions.add(new RunAction.Upload(number, true));
    }
    RunState next =
        state
            .with(state.saves().sending(newest, Optional.empty()))
            .with(new Phase.Uploading(end, number, isLast));
    return new Step(next, actions);
  }

  /** A saved program is gone: what becomes of its checkpoint decides how it left. */
  static Step emptied(RunState state, RunEnd.Vacated end, int number, boolean isNews) {
    Step next;
    if (state.saves().committed() == number) {
      next = leave(state, end.reason(), Optional.of(end.checkpointed()));
    } else if (state.saves().uploading().equals(Optional.of(number))) {
      next = Step.to(state.with(new Phase.Uploading(end, number, true)));
    } else {
      next = leave(state, end.reason(), Optional.of(end));
    }
    return isNews ? next.after(new RunAction.TellLeftMemory()) : next;
  }

  /** The checkpoint of a job that left has its answer. */
  static Step uploaded(RunState state, RunEnd.Vacated end, boolean isSafe) {
    return leave(state, end.reason(), Optional.of(isSafe ? end.checkpointed() : end));
  }

  /** It did not come back from its checkpoint. */
  static Step failed(RunState state, RunEnd.Failed failure, boolean isProgramGone) {
    return isProgramGone
        ? RunDecider.report(state, failure)
        : Step.to(state.with(new Phase.Failing(failure)), new RunAction.Kill());
  }

  /** What is due by time in the phases that end. */
  static Step tick(RunState state, long now) {
    return switch (state.phase()) {
      case Phase.Restoring(var generation, var failAt, var ended) when now - failAt >= 0 ->
          failed(state, tooLong(state, generation), ended.isPresent());
      case Phase.Saving(var end, var number, var killAt, _)
          when now - killAt - state.saves().plan().limit().toNanos() >= 0 ->
          SaveDecider.takeFailed(state, number, "it took too long: " + end.reason(), now);
      // Said again at each tick after the deadline: a kill costs nothing.
      case Phase.Leaving(_, _, var killAt) when now - killAt >= 0 ->
          Step.to(state, new RunAction.Kill());
      case Phase.Emptying _, Phase.Failing _ -> Step.to(state, new RunAction.Kill());
      case Phase.Storing(_, var giveUpAt, _) when isPast(giveUpAt, now) ->
          ended(state, RunEnd.Vacated.of("the output did not pass in time", TOO_LATE), now);
      case Phase.Reporting(_, var giveUpAt) when isPast(giveUpAt, now) ->
          leave(state, "the shadow did not answer in time", Optional.empty());
      case Phase.Opening _,
          Phase.Fetching _,
          Phase.Waiting _,
          Phase.Restoring _,
          Phase.Running _,
          Phase.Resting _,
          Phase.Saving _,
          Phase.Uploading _,
          Phase.Leaving _,
          Phase.Storing _,
          Phase.Reporting _,
          Phase.Cleaning _,
          Phase.Gone _ ->
          Step.to(state);
    };
  }

  private static RunEnd.Failed tooLong(RunState state, int generation) {
    return RunEnd.Failed.ofGeneration(
        generation,
        false,
        "the job did not come back from checkpoint %d within %d s"
            .formatted(generation, state.saves().plan().limit().toSeconds()));
  }

  private static boolean isPast(Optional<Long> deadline, long now) {
    return deadline.isPresent() && now - deadline.get() >= 0;
  }
}
