package io.urubu.startd.slot;

import io.urubu.protocol.id.RunRef;
import io.urubu.startd.slot.SlotAction.ContinueRun;
import io.urubu.startd.slot.SlotAction.EndRun;
import io.urubu.startd.slot.SlotAction.HangUp;
import io.urubu.startd.slot.SlotAction.MoveShadow;
import io.urubu.startd.slot.SlotAction.PassWish;
import io.urubu.startd.slot.SlotAction.StartRun;
import io.urubu.startd.slot.SlotAction.SuspendRun;
import io.urubu.startd.slot.SlotAction.TellActivated;
import io.urubu.startd.slot.SlotAction.TellGone;
import io.urubu.startd.slot.SlotAction.TellRefused;
import io.urubu.startd.slot.SlotEvent.ActivateAsked;
import io.urubu.startd.slot.SlotEvent.Checkpointed;
import io.urubu.startd.slot.SlotEvent.DeactivateAsked;
import io.urubu.startd.slot.SlotEvent.DrainAsked;
import io.urubu.startd.slot.SlotEvent.GoneAcknowledged;
import io.urubu.startd.slot.SlotEvent.Granted;
import io.urubu.startd.slot.SlotEvent.HeartbeatAnswered;
import io.urubu.startd.slot.SlotEvent.MatchCame;
import io.urubu.startd.slot.SlotEvent.MemoryLeft;
import io.urubu.startd.slot.SlotEvent.PolicySaw;
import io.urubu.startd.slot.SlotEvent.Refused;
import io.urubu.startd.slot.SlotEvent.ReleaseAsked;
import io.urubu.startd.slot.SlotEvent.RunLeft;
import io.urubu.startd.slot.SlotEvent.ShadowMoved;
import io.urubu.startd.slot.SlotEvent.StarterRefused;
import io.urubu.startd.slot.SlotEvent.StarterTook;
import io.urubu.startd.slot.SlotEvent.SuspendFailed;
import io.urubu.startd.slot.SlotEvent.Tick;
import io.urubu.startd.slot.SlotEvent.Wished;
import io.urubu.startd.slot.SlotState.Claimed;
import io.urubu.startd.slot.SlotState.Drained;
import io.urubu.startd.slot.Work.Ending;
import io.urubu.startd.slot.Work.Gone;
import io.urubu.startd.slot.Work.Idle;
import io.urubu.startd.slot.Work.Running;
import io.urubu.startd.slot.Work.Starting;
import io.urubu.startd.slot.Work.Suspended;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A slot that a schedd holds. */
final class ClaimedDecider {
  private final Patience patience;
  private final Endings endings;
  private final PolicyDecider policy;

  ClaimedDecider(Patience patience) {
    this.patience = patience;
    this.endings = new Endings(patience);
    this.policy = new PolicyDecider(endings);
  }

  Step decide(Claimed state, SlotEvent event, Duration now) {
    return switch (event) {
      case Granted granted -> granted(state, granted, now);
      case HeartbeatAnswered(var sent) -> Step.to(renewed(state, sent));
      case Refused(var reason) ->
          lost(
              state,
              new Why(Why.CLAIM_RELEASED, "the schedd does not know the claim: " + reason),
              now);
      case ActivateAsked asked -> activate(state, asked, now);
      case StarterTook(var run) -> starterTook(state, run, now);
      case StarterRefused(var run, var reason) -> starterRefused(state, run, reason, now);
      case RunLeft(var run, var reason) -> runLeft(state, run, reason, now);
      case DeactivateAsked asked -> deactivate(state, asked, now);
      case ReleaseAsked(var reason) -> release(state, reason);
      case GoneAcknowledged(var run) -> goneAcknowledged(state, run);
      case ShadowMoved(var run, var shadow) when isHeld(state, run) ->
          Step.to(state, new MoveShadow(state.claim().user(), run, shadow));
      case DrainAsked(var reason) -> drain(state, reason, now);
      case PolicySaw(var values) -> policy.claimed(state, values, now);
      case SuspendFailed(var run, var reason) -> policy.suspendFailed(state, run, reason, now);
      case MemoryLeft(var run)
          when state.work() instanceof Ending ending && ending.run().equals(run) ->
          Step.to(state.with(endings.memoryLeft(ending, false, now)));
      case Checkpointed(var run)
          when state.work() instanceof Running(var held, var pace) && held.equals(run) ->
          Step.to(state.with(new Running(run, pace.nextCheckpoint(now))));
      case Wished(var run, var wish) when mayWish(state, run) ->
          Step.to(state, new PassWish(state.claim().user(), run, wish));
      case Tick() -> tick(state, now);
      case MemoryLeft _, Checkpointed _, Wished _, ShadowMoved _, MatchCame _ -> Step.to(state);
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
    return new Step(state.with(work).with(claim, lease), actions);
  }

  private static Claimed renewed(Claimed state, Duration sent) {
    Duration until = Deadlines.max(state.leaseUntil(), sent.plus(state.claim().lease()));
    return state.with(state.claim(), until);
  }

  /** The claim is over and the schedd is not to be told. */
  private Step lost(Claimed state, Why why, Duration now) {
    HangUp hangUp = new HangUp(Optional.empty());
    return switch (state.work()) {
      case Idle _, Gone _ -> Step.to(state.free(), hangUp);
      case Starting(var run, _, _) -> lostRun(state, run, why, now);
      case Running(var run, _) -> lostRun(state, run, why, now);
      case Suspended(var run, _) -> lostRun(state, run, why, now);
      case Ending ending -> Step.to(state.lost(ending), hangUp);
    };
  }

  private Step lostRun(Claimed state, RunRef run, Why why, Duration now) {
    return Step.to(
        state.lost(endings.killing(run, why, now)),
        new HangUp(Optional.empty()),
        new EndRun(state.claim().user(), run, false, why));
  }

  private static boolean mayWish(Claimed state, RunRef run) {
    return isHeld(state, run) && !(state.work() instanceof Ending);
  }

  private Step activate(Claimed state, ActivateAsked event, Duration now) {
    RunRef run = event.activation().run();
    if (!run.schedd().equals(state.claim().schedd())) {
      return Step.to(state, new TellRefused(run, "the claim is not that schedd's", false));
    }
    return switch (state.work()) {
      case Running(var held, _) when held.equals(run) -> Step.to(state, new TellActivated(run));
      case Suspended(var held, _) when held.equals(run) -> Step.to(state, new TellActivated(run));
      case Starting(var held, _, _) when held.equals(run) -> Step.to(state);
      // Its end will be told: to refuse it would say that nothing of it is here.
      case Ending ending when ending.run().equals(run) -> Step.to(state);
      case Gone(var gone, var reason, _) when gone.equals(run) ->
          Step.to(state, new TellGone(run, reason));
      // A schedd that wants another run here knows that the last one is gone.
      case Idle _, Gone _ -> activateFree(state, event, now);
      case Starting _, Running _, Suspended _, Ending _ ->
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
        state.with(new Starting(run, now.plus(patience.start()), false)),
        new StartRun(state.claim(), event.activation()));
  }

  /** The starter answered, or is met again: then it must hear how each run goes on. */
  private static Step starterTook(Claimed state, RunRef run, Duration now) {
    String user = state.claim().user();
    return switch (state.work()) {
      case Starting(var starting, _, var suspended) when starting.equals(run) ->
          suspended
              ? Step.to(
                  state.with(new Suspended(run, Pace.from(now))),
                  new SuspendRun(user, run, "the owner is there"),
                  new TellActivated(run))
              : Step.to(
                  state.with(new Running(run, Pace.from(now))),
                  new ContinueRun(user, run),
                  new TellActivated(run));
      case Running(var held, _) when held.equals(run) -> Step.to(state, new ContinueRun(user, run));
      case Suspended(var held, _) when held.equals(run) ->
          Step.to(state, new SuspendRun(user, run, "the owner is there"));
      case Ending ending when ending.run().equals(run) ->
          Step.to(state, Endings.again(user, ending));
      case Idle _, Starting _, Running _, Suspended _, Ending _, Gone _ -> Step.to(state);
    };
  }

  private Step starterRefused(Claimed state, RunRef run, String reason, Duration now) {
    if (state.work() instanceof Starting(var starting, _, _) && starting.equals(run)) {
      TellRefused tell = new TellRefused(run, reason, true);
      return state.last()
          ? Step.to(state.free(), tell, new HangUp(Optional.of(reason)))
          : Step.to(state.with(new Idle()), tell);
    }
    return runLeft(state, run, reason, now);
  }

  private Step runLeft(Claimed state, RunRef run, String reason, Duration now) {
    if (!isHeld(state, run)) {
      return Step.to(state);
    }
    Gone gone = endings.gone(run, reason, now);
    boolean isRetired =
        state.work() instanceof Running(_, var pace) && pace.retireUntil().isPresent();
    return Step.to(
        isRetired ? state.leaving(gone) : state.with(gone),
        new TellGone(run, reason, isRetired || state.last()));
  }

  private Step deactivate(Claimed state, DeactivateAsked event, Duration now) {
    RunRef run = event.run();
    if (!isHeld(state, run)) {
      return Step.to(state, new TellGone(run, "it is not here"));
    }
    if (state.work() instanceof Ending ending && (ending.isKilling() || event.graceful())) {
      return Step.to(state);
    }
    return Step.to(
        state.with(
            event.graceful()
                ? endings.vacating(run, event.why(), now)
                : endings.killing(run, event.why(), now)),
        new EndRun(state.claim().user(), run, event.graceful(), event.why()));
  }

  private static Step release(Claimed state, String reason) {
    return switch (state.work()) {
      case Idle() -> Step.to(state.free(), new HangUp(Optional.of(reason)));
      case Starting _, Running _, Suspended _, Ending _, Gone _ -> Step.to(state.forTheLastTime());
    };
  }

  private static Step goneAcknowledged(Claimed state, RunRef run) {
    if (!isGone(state, run)) {
      return Step.to(state);
    }
    return state.last()
        ? Step.to(state.free(), new HangUp(Optional.of("the claim was released")))
        : Step.to(state.with(new Idle()));
  }

  private Step drain(Claimed state, String reason, Duration now) {
    return switch (state.work()) {
      case Idle() -> Step.to(new Drained(reason), new HangUp(Optional.of(reason)));
      case Starting(var run, _, _) -> drainRun(state, run, reason, now);
      case Running(var run, _) -> drainRun(state, run, reason, now);
      case Suspended(var run, _) -> drainRun(state, run, reason, now);
      case Ending _, Gone _ -> Step.to(state.leaving(state.work()).forDraining());
    };
  }

  private Step drainRun(Claimed state, RunRef run, String reason, Duration now) {
    Why why = new Why(Why.STARTD_STOPPED, reason);
    return Step.to(
        state.leaving(endings.vacating(run, why, now)).forDraining(),
        new EndRun(state.claim().user(), run, true, why));
  }

  private Step tick(Claimed state, Duration now) {
    if (Deadlines.passed(state.leaseUntil(), now)) {
      return lost(state, new Why(Why.LEASE_EXPIRED, "the schedd was silent for the lease"), now);
    }
    String user = state.claim().user();
    return switch (state.work()) {
      case Starting(var run, var until, _) when Deadlines.passed(until, now) -> {
        Why why = new Why(Why.STARTER_FAILED, "the starter did not answer");
        yield Step.to(
            state.with(endings.killing(run, why, now)), new EndRun(user, run, false, why));
      }
      case Ending ending when Deadlines.passed(ending.until(), now) ->
          Step.to(state.with(endings.harsher(ending, now)), Endings.harsherAction(user, ending));
      case Gone gone when Deadlines.passed(gone.tellAgainAt(), now) ->
          Step.to(
              state.with(endings.gone(gone.run(), gone.reason(), now)),
              new TellGone(gone.run(), gone.reason()));
      case Idle _, Starting _, Running _, Suspended _, Ending _, Gone _ -> Step.to(state);
    };
  }

  private static boolean isHeld(Claimed state, RunRef run) {
    return state.held().filter(run::equals).isPresent();
  }

  private static boolean isGone(Claimed state, RunRef run) {
    return state.work() instanceof Gone gone && gone.run().equals(run);
  }
}
