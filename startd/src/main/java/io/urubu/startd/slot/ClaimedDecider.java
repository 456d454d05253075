package io.urubu.startd.slot;

import io.urubu.protocol.id.RunRef;
import io.urubu.startd.slot.SlotAction.EndRun;
import io.urubu.startd.slot.SlotAction.HangUp;
import io.urubu.startd.slot.SlotAction.MoveShadow;
import io.urubu.startd.slot.SlotAction.StartRun;
import io.urubu.startd.slot.SlotAction.TellActivated;
import io.urubu.startd.slot.SlotAction.TellGone;
import io.urubu.startd.slot.SlotAction.TellRefused;
import io.urubu.startd.slot.SlotEvent.ActivateAsked;
import io.urubu.startd.slot.SlotEvent.Closed;
import io.urubu.startd.slot.SlotEvent.DeactivateAsked;
import io.urubu.startd.slot.SlotEvent.DrainAsked;
import io.urubu.startd.slot.SlotEvent.GoneAcknowledged;
import io.urubu.startd.slot.SlotEvent.Granted;
import io.urubu.startd.slot.SlotEvent.HeartbeatAnswered;
import io.urubu.startd.slot.SlotEvent.MatchCame;
import io.urubu.startd.slot.SlotEvent.Opened;
import io.urubu.startd.slot.SlotEvent.Refused;
import io.urubu.startd.slot.SlotEvent.ReleaseAsked;
import io.urubu.startd.slot.SlotEvent.RunLeft;
import io.urubu.startd.slot.SlotEvent.ShadowMoved;
import io.urubu.startd.slot.SlotEvent.StarterRefused;
import io.urubu.startd.slot.SlotEvent.StarterTook;
import io.urubu.startd.slot.SlotEvent.Tick;
import io.urubu.startd.slot.SlotState.Claimed;
import io.urubu.startd.slot.SlotState.Drained;
import io.urubu.startd.slot.SlotState.Preempting;
import io.urubu.startd.slot.SlotState.Unclaimed;
import io.urubu.startd.slot.Work.Ending;
import io.urubu.startd.slot.Work.Gone;
import io.urubu.startd.slot.Work.Idle;
import io.urubu.startd.slot.Work.Running;
import io.urubu.startd.slot.Work.Starting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A slot that a schedd holds. */
final class ClaimedDecider {
  private final Patience patience;
  private final Endings endings;

  ClaimedDecider(Patience patience) {
    this.patience = patience;
    this.endings = new Endings(patience);
  }

  Step decide(Claimed state, SlotEvent event, Duration now) {
    return switch (event) {
      case Granted granted -> granted(state, granted, now);
      case HeartbeatAnswered(var sent) -> Step.to(renewed(state, sent));
      case Refused(var reason) -> lost(state, "the schedd does not know the claim: " + reason, now);
      case ActivateAsked asked -> activate(state, asked, now);
      case StarterTook(var run) -> starterTook(state, run);
      case StarterRefused(var run, var reason) -> starterRefused(state, run, reason, now);
      case RunLeft(var run, var reason) -> runLeft(state, run, reason, now);
      case DeactivateAsked asked -> deactivate(state, asked, now);
      case ReleaseAsked(var reason) -> release(state, reason);
      case GoneAcknowledged(var run) -> goneAcknowledged(state, run);
      case ShadowMoved(var run, var shadow) when isHeld(state, run) ->
          Step.to(state, new MoveShadow(state.claim().user(), run, shadow));
      case DrainAsked(var reason) -> drain(state, reason, now);
      case Tick() -> tick(state, now);
      case ShadowMoved _, MatchCame _, Closed _, Opened _ -> Step.to(state);
    };
  }

  private Step granted(Claimed state, Granted event, Duration now) {
    Claim old = state.claim();
    Claim claim =
        new Claim(
            old.schedd(), event.claim().address(), old.user(), old.secret(), event.claim().lease());
    List<SlotAction> actions = new ArrayList<>();
    Work work = state.work();
    // What was said when the stream was opened may have ended before the answer came.
    event
        .said()
        .filter(run -> !isHeld(state, run) && !isGone(state, run))
        .ifPresent(run -> actions.add(new TellGone(run, "it did not start here")));
    if (work instanceof Gone gone) {
      actions.add(new TellGone(gone.run(), gone.reason()));
      work = new Gone(gone.run(), gone.reason(), now.plus(patience.repeat()));
    }
    Duration lease = Deadlines.max(state.leaseUntil(), event.asked().plus(claim.lease()));
    return new Step(new Claimed(claim, work, lease, state.last()), actions);
  }

  private static Claimed renewed(Claimed state, Duration sent) {
    Duration until = Deadlines.max(state.leaseUntil(), sent.plus(state.claim().lease()));
    return new Claimed(state.claim(), state.work(), until, state.last());
  }

  /** The claim is over and the schedd is not to be told. */
  private Step lost(Claimed state, String reason, Duration now) {
    HangUp hangUp = new HangUp(Optional.empty());
    return switch (state.work()) {
      case Idle _, Gone _ -> Step.to(new Unclaimed(), hangUp);
      case Starting(var run, _) -> lostRun(state, run, reason, now);
      case Running(var run) -> lostRun(state, run, reason, now);
      case Ending ending ->
          Step.to(new Preempting(state.claim(), ending, state.leaseUntil(), false, false), hangUp);
    };
  }

  private Step lostRun(Claimed state, RunRef run, String reason, Duration now) {
    return Step.to(
        new Preempting(
            state.claim(), endings.killing(run, reason, now), state.leaseUntil(), false, false),
        new HangUp(Optional.empty()),
        new EndRun(state.claim().user(), run, false, reason));
  }

  private Step activate(Claimed state, ActivateAsked event, Duration now) {
    RunRef run = event.activation().run();
    if (!run.schedd().equals(state.claim().schedd())) {
      return Step.to(state, new TellRefused(run, "the claim is not that schedd's", false));
    }
    return switch (state.work()) {
      case Running(var held) when held.equals(run) -> Step.to(state, new TellActivated(run));
      case Starting(var held, _) when held.equals(run) -> Step.to(state);
      // Its end will be told: to refuse it would say that nothing of it is here.
      case Ending ending when ending.run().equals(run) -> Step.to(state);
      case Gone(var gone, var reason, _) when gone.equals(run) ->
          Step.to(state, new TellGone(run, reason));
      // A schedd that wants another run here knows that the last one is gone.
      case Idle _, Gone _ -> activateFree(state, event, now);
      case Starting _, Running _, Ending _ ->
          Step.to(state, new TellRefused(run, "the slot is not free of its last run", false));
    };
  }

  private Step activateFree(Claimed state, ActivateAsked event, Duration now) {
    RunRef run = event.activation().run();
    if (state.last()) {
      return Step.to(state, new TellRefused(run, "the claim was released", false));
    }
    if (event.refusal().isPresent()) {
      return Step.to(state, new TellRefused(run, event.refusal().get(), false));
    }
    return Step.to(
        with(state, new Starting(run, now.plus(patience.start()))),
        new StartRun(state.claim(), event.activation()));
  }

  private static Step starterTook(Claimed state, RunRef run) {
    return state.work() instanceof Starting(var starting, _) && starting.equals(run)
        ? Step.to(with(state, new Running(run)), new TellActivated(run))
        : Step.to(state);
  }

  private Step starterRefused(Claimed state, RunRef run, String reason, Duration now) {
    if (state.work() instanceof Starting(var starting, _) && starting.equals(run)) {
      TellRefused tell = new TellRefused(run, reason, true);
      return state.last()
          ? Step.to(new Unclaimed(), tell, new HangUp(Optional.of(reason)))
          : Step.to(with(state, new Idle()), tell);
    }
    return runLeft(state, run, reason, now);
  }

  private Step runLeft(Claimed state, RunRef run, String reason, Duration now) {
    return isHeld(state, run)
        ? Step.to(with(state, endings.gone(run, reason, now)), new TellGone(run, reason))
        : Step.to(state);
  }

  private Step deactivate(Claimed state, DeactivateAsked event, Duration now) {
    RunRef run = event.run();
    if (!isHeld(state, run)) {
      return Step.to(state, new TellGone(run, "it is not here"));
    }
    if (state.work() instanceof Ending ending && (ending.killing() || event.graceful())) {
      return Step.to(state);
    }
    return Step.to(
        with(
            state,
            event.graceful()
                ? endings.vacating(run, event.reason(), now)
                : endings.killing(run, event.reason(), now)),
        new EndRun(state.claim().user(), run, event.graceful(), event.reason()));
  }

  private static Step release(Claimed state, String reason) {
    return switch (state.work()) {
      case Idle() -> Step.to(new Unclaimed(), new HangUp(Optional.of(reason)));
      case Starting _, Running _, Ending _, Gone _ ->
          Step.to(new Claimed(state.claim(), state.work(), state.leaseUntil(), true));
    };
  }

  private static Step goneAcknowledged(Claimed state, RunRef run) {
    if (!isGone(state, run)) {
      return Step.to(state);
    }
    return state.last()
        ? Step.to(new Unclaimed(), new HangUp(Optional.of("the claim was released")))
        : Step.to(with(state, new Idle()));
  }

  private Step drain(Claimed state, String reason, Duration now) {
    return switch (state.work()) {
      case Idle() -> Step.to(new Drained(reason), new HangUp(Optional.of(reason)));
      case Starting(var run, _) -> drainRun(state, run, reason, now);
      case Running(var run) -> drainRun(state, run, reason, now);
      case Ending _, Gone _ ->
          Step.to(new Preempting(state.claim(), state.work(), state.leaseUntil(), true, true));
    };
  }

  private Step drainRun(Claimed state, RunRef run, String reason, Duration now) {
    return Step.to(
        new Preempting(
            state.claim(), endings.vacating(run, reason, now), state.leaseUntil(), true, true),
        new EndRun(state.claim().user(), run, true, reason));
  }

  private Step tick(Claimed state, Duration now) {
    if (Deadlines.passed(state.leaseUntil(), now)) {
      return lost(state, "the schedd was silent for the lease", now);
    }
    String user = state.claim().user();
    return switch (state.work()) {
      case Starting(var run, var until) when Deadlines.passed(until, now) ->
          Step.to(
              with(state, endings.killing(run, "the starter did not answer", now)),
              new EndRun(user, run, false, "the starter did not answer"));
      case Ending ending when Deadlines.passed(ending.until(), now) ->
          Step.to(with(state, endings.harsher(ending, now)), endings.harsherAction(user, ending));
      case Gone gone when Deadlines.passed(gone.tellAgainAt(), now) ->
          Step.to(
              with(state, endings.gone(gone.run(), gone.reason(), now)),
              new TellGone(gone.run(), gone.reason()));
      case Idle _, Starting _, Running _, Ending _, Gone _ -> Step.to(state);
    };
  }

  private static Claimed with(Claimed state, Work work) {
    return new Claimed(state.claim(), work, state.leaseUntil(), state.last());
  }

  private static boolean isHeld(Claimed state, RunRef run) {
    return state.held().filter(run::equals).isPresent();
  }

  private static boolean isGone(Claimed state, RunRef run) {
    return state.work() instanceof Gone gone && gone.run().equals(run);
  }
}
