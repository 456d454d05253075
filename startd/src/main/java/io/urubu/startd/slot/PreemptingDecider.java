package io.urubu.startd.slot;

import io.urubu.protocol.id.RunRef;
import io.urubu.startd.slot.SlotAction.EndRun;
import io.urubu.startd.slot.SlotAction.HangUp;
import io.urubu.startd.slot.SlotAction.MoveShadow;
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
import io.urubu.startd.slot.SlotState.Preempting;
import io.urubu.startd.slot.Work.Ending;
import io.urubu.startd.slot.Work.Gone;
import io.urubu.startd.slot.Work.Idle;
import io.urubu.startd.slot.Work.Running;
import io.urubu.startd.slot.Work.Starting;
import io.urubu.startd.slot.Work.Suspended;
import java.time.Duration;
import java.util.Optional;

/** A slot whose claim ends as soon as its run is gone. */
final class PreemptingDecider {
  private final Endings endings;
  private final PolicyDecider policy;

  PreemptingDecider(Patience patience) {
    this.endings = new Endings(patience);
    this.policy = new PolicyDecider(endings);
  }

  Step decide(Preempting state, SlotEvent event, Duration now) {
    return switch (event) {
      case Granted(_, var asked, _) when state.known() -> granted(state, asked, now);
      case HeartbeatAnswered(var sent) -> Step.to(renewed(state, sent));
      case Refused _ when state.known() -> lost(state);
      case ActivateAsked(var activation, _)
          when state.known() && !isHeld(state, activation.run()) ->
          Step.to(state, new TellRefused(activation.run(), "the slot is being vacated", false));
      case RunLeft(var run, var reason) when isHeld(state, run) -> runLeft(state, run, reason, now);
      case StarterRefused(var run, var reason) when isHeld(state, run) ->
          runLeft(state, run, reason, now);
      case DeactivateAsked asked -> deactivate(state, asked, now);
      case GoneAcknowledged(var run)
          when state.work() instanceof Gone gone && gone.run().equals(run) ->
          Step.to(state.free(), new HangUp(Optional.of("the slot was vacated")));
      case ShadowMoved(var run, var shadow) when isHeld(state, run) ->
          Step.to(state, new MoveShadow(state.claim().user(), run, shadow));
      case DrainAsked _ -> Step.to(state.forDraining());
      case PolicySaw(var values) -> policy.preempting(state, values, now);
      case MemoryLeft(var run)
          when state.work() instanceof Ending ending && ending.run().equals(run) ->
          Step.to(state.with(endings.memoryLeft(ending, state.draining(), now)));
      // A starter that is met again.
      case StarterTook(var run)
          when state.work() instanceof Ending ending && ending.run().equals(run) ->
          Step.to(state, Endings.again(state.claim().user(), ending));
      case Tick() -> tick(state, now);
      case Granted _, Refused _, ActivateAsked _, RunLeft _, StarterRefused _ -> Step.to(state);
      case GoneAcknowledged _, ShadowMoved _, StarterTook _, ReleaseAsked _ -> Step.to(state);
      case MatchCame _, MemoryLeft _, SuspendFailed _, Checkpointed _, Wished _ -> Step.to(state);
    };
  }

  private Step granted(Preempting state, Duration asked, Duration now) {
    Preempting renewed = renewed(state, asked);
    return state.work() instanceof Gone gone
        ? Step.to(
            renewed.with(endings.gone(gone.run(), gone.reason(), now)),
            new TellGone(gone.run(), gone.reason(), true))
        : Step.to(renewed);
  }

  private static Preempting renewed(Preempting state, Duration sent) {
    Duration until = Deadlines.max(state.leaseUntil(), sent.plus(state.claim().lease()));
    return state.renewed(until);
  }

  /** The schedd need not be told any more. */
  private static Step lost(Preempting state) {
    HangUp hangUp = new HangUp(Optional.empty());
    return switch (state.work()) {
      case Idle _, Gone _ -> Step.to(state.free(), hangUp);
      case Starting _, Running _, Suspended _, Ending _ -> Step.to(state.unknown(), hangUp);
    };
  }

  private Step runLeft(Preempting state, RunRef run, String reason, Duration now) {
    return state.known()
        ? Step.to(state.with(endings.gone(run, reason, now)), new TellGone(run, reason, true))
        : Step.to(state.free());
  }

  private Step deactivate(Preempting state, DeactivateAsked event, Duration now) {
    if (!isHeld(state, event.run())) {
      return Step.to(state, new TellGone(event.run(), "it is not here", true));
    }
    if (event.graceful() || (state.work() instanceof Ending ending && ending.isKilling())) {
      return Step.to(state);
    }
    return Step.to(
        state.with(endings.killing(event.run(), event.why(), now)),
        new EndRun(state.claim().user(), event.run(), false, event.why()));
  }

  private Step tick(Preempting state, Duration now) {
    if (state.known() && Deadlines.passed(state.leaseUntil(), now)) {
      return lost(state);
    }
    return switch (state.work()) {
      case Ending ending when Deadlines.passed(ending.until(), now) ->
          Step.to(
              state.with(endings.harsher(ending, now)),
              Endings.harsherAction(state.claim().user(), ending));
      case Gone gone when Deadlines.passed(gone.tellAgainAt(), now) ->
          Step.to(
              state.with(endings.gone(gone.run(), gone.reason(), now)),
              new TellGone(gone.run(), gone.reason(), true));
      case Idle _, Starting _, Running _, Suspended _, Ending _, Gone _ -> Step.to(state);
    };
  }

  private static boolean isHeld(Preempting state, RunRef run) {
    return state.held().filter(run::equals).isPresent();
  }
}
