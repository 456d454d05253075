package io.urubu.startd.slot;

import io.urubu.protocol.id.RunRef;
import io.urubu.startd.slot.SlotAction.ContinueRun;
import io.urubu.startd.slot.SlotAction.EndRun;
import io.urubu.startd.slot.SlotAction.HangUp;
import io.urubu.startd.slot.SlotAction.PassWish;
import io.urubu.startd.slot.SlotAction.SuspendRun;
import io.urubu.startd.slot.SlotState.Claimed;
import io.urubu.startd.slot.SlotState.Preempting;
import io.urubu.startd.slot.Work.Ending;
import io.urubu.startd.slot.Work.Gone;
import io.urubu.startd.slot.Work.Idle;
import io.urubu.startd.slot.Work.Running;
import io.urubu.startd.slot.Work.Stage;
import io.urubu.startd.slot.Work.Starting;
import io.urubu.startd.slot.Work.Suspended;
import java.time.Duration;
import java.util.Optional;

/** What the owner's policy makes of a slot that a schedd holds. */
final class PolicyDecider {
  /** A checkpoint that was asked for is not asked for again within this time. */
  private static final Duration CHECKPOINT_PAUSE = Duration.ofMinutes(5);

  private final Endings endings;

  PolicyDecider(Endings endings) {
    this.endings = endings;
  }

  Step claimed(Claimed before, PolicyValues values, Duration now) {
    Claimed state = before.seen(values.closed());
    boolean maySlotBegin = values.is(PolicyRule.START);
    return switch (state.work()) {
      case Idle() when !maySlotBegin ->
          Step.by(PolicyRule.START, state.free(), new HangUp(Optional.of(closed(values))));
      case Gone gone when !maySlotBegin -> Step.by(PolicyRule.START, state.leaving(gone));
      case Ending ending -> ending(state, ending, values, now);
      case Starting starting -> starting(state, starting, values, now);
      case Running running -> running(state, running, values, now);
      case Suspended suspended -> suspended(state, suspended, values, now);
      case Idle _, Gone _ -> Step.to(state);
    };
  }

  private static String closed(PolicyValues values) {
    return values.closed().orElse("START is false");
  }

  private Step starting(Claimed state, Starting work, PolicyValues values, Duration now) {
    RunRef run = work.run();
    String user = state.claim().user();
    if (work.suspended() ? values.is(PolicyRule.PREEMPT) : values.wantsRunningGone()) {
      return evict(state, run, PolicyRule.PREEMPT, values, now);
    }
    if (work.suspended() && values.is(PolicyRule.CONTINUE)) {
      return Step.by(
          PolicyRule.CONTINUE,
          state.with(new Starting(run, work.until(), false)),
          new ContinueRun(user, run));
    }
    if (!work.suspended() && values.wantsStandstill()) {
      return Step.by(
          PolicyRule.SUSPEND,
          state.with(new Starting(run, work.until(), true)),
          new SuspendRun(user, run, "SUSPEND is true"));
    }
    return Step.to(state);
  }

  private Step running(Claimed state, Running work, PolicyValues values, Duration now) {
    RunRef run = work.run();
    Pace pace = work.pace();
    if (values.wantsStandstill()) {
      return Step.by(
          PolicyRule.SUSPEND,
          state.with(new Suspended(run, pace)),
          new SuspendRun(state.claim().user(), run, "SUSPEND is true"));
    }
    if (pace.retireUntil().isPresent()) {
      return Deadlines.passed(pace.retireUntil().get(), now)
          ? evict(state, run, PolicyRule.PREEMPT, values, now)
          : Step.to(state);
    }
    if (values.wantsRunningGone()) {
      Duration until = pace.since().plus(values.retirement());
      return Deadlines.passed(until, now)
          ? evict(state, run, PolicyRule.PREEMPT, values, now)
          : Step.by(PolicyRule.PREEMPT, state.with(new Running(run, pace.retiring(until))));
    }
    if (values.is(PolicyRule.PERIODIC_CHECKPOINT) && Deadlines.passed(pace.checkpointFrom(), now)) {
      return Step.by(
          PolicyRule.PERIODIC_CHECKPOINT,
          state.with(new Running(run, pace.nextCheckpoint(now.plus(CHECKPOINT_PAUSE)))),
          new PassWish(state.claim().user(), run, new Wish.Checkpoint()));
    }
    return Step.to(state);
  }

  private Step suspended(Claimed state, Suspended work, PolicyValues values, Duration now) {
    RunRef run = work.run();
    if (values.is(PolicyRule.PREEMPT)) {
      return evict(state, run, PolicyRule.PREEMPT, values, now);
    }
    return values.is(PolicyRule.CONTINUE)
        ? Step.by(
            PolicyRule.CONTINUE,
            state.with(new Running(run, work.pace())),
            new ContinueRun(state.claim().user(), run))
        : Step.to(state);
  }

  private Step evict(
      Claimed state, RunRef run, PolicyRule rule, PolicyValues values, Duration now) {
    boolean graceful = values.is(PolicyRule.WANT_VACATE);
    Why why = new Why(Why.OWNER_RETURNED, "the owner's " + rule + " is true");
    Ending ending =
        graceful
            ? endings.vacating(run, why, values.vacate(), now)
            : endings.killing(run, why, now);
    return Step.by(
        rule, state.leaving(ending), new EndRun(state.claim().user(), run, graceful, why));
  }

  /** A run that leaves anyhow; without START its claim goes with it. */
  private Step ending(Claimed state, Ending ending, PolicyValues values, Duration now) {
    if (mustDie(ending, values)) {
      return Step.by(
          PolicyRule.KILL,
          state.with(endings.harsher(ending, now)),
          Endings.harsherAction(state.claim().user(), ending));
    }
    return values.is(PolicyRule.START) || state.last()
        ? Step.to(state)
        : Step.by(PolicyRule.START, state.leaving(ending));
  }

  /** An upload burdens no owner: KILL is for what still has processes. */
  private static boolean mustDie(Ending ending, PolicyValues values) {
    return ending.stage() == Stage.VACATING && values.is(PolicyRule.KILL);
  }

  Step preempting(Preempting before, PolicyValues values, Duration now) {
    Preempting state = before.seen(values.closed());
    return state.work() instanceof Ending ending && mustDie(ending, values)
        ? Step.by(
            PolicyRule.KILL,
            state.with(endings.harsher(ending, now)),
            Endings.harsherAction(state.claim().user(), ending))
        : Step.to(state);
  }

  /** What does not stand still is killed: the owner does not wait for a broken starter. */
  Step suspendFailed(Claimed state, RunRef run, String reason, Duration now) {
    boolean shouldStand =
        switch (state.work()) {
          case Suspended suspended -> suspended.run().equals(run);
          case Starting starting -> starting.suspended() && starting.run().equals(run);
          case Idle _, Running _, Ending _, Gone _ -> false;
        };
    if (!shouldStand) {
      return Step.to(state);
    }
    Why why = new Why(Why.STARTER_FAILED, "it could not be suspended: " + reason);
    return Step.to(
        state.leaving(endings.killing(run, why, now)),
        new EndRun(state.claim().user(), run, false, why));
  }
}
