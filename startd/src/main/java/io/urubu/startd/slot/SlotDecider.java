package io.urubu.startd.slot;

import io.urubu.protocol.id.RunRef;
import io.urubu.startd.slot.SlotAction.Dial;
import io.urubu.startd.slot.SlotAction.HangUp;
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
import io.urubu.startd.slot.SlotState.Matched;
import io.urubu.startd.slot.SlotState.Owner;
import io.urubu.startd.slot.SlotState.Preempting;
import io.urubu.startd.slot.SlotState.Unclaimed;
import java.time.Duration;
import java.util.Optional;

/**
 * What a slot does next: a pure function of its state, what happened, and the monotonic time. The
 * table is in docs/states/slot.md.
 */
public final class SlotDecider {
  private final Patience patience;
  private final ClaimedDecider claimed;
  private final PreemptingDecider preempting;

  public SlotDecider(Patience patience) {
    this.patience = patience;
    this.claimed = new ClaimedDecider(patience);
    this.preempting = new PreemptingDecider(patience);
  }

  public Step decide(SlotState state, SlotEvent event, Duration now) {
    return switch (state) {
      case Owner owner -> owner(owner, event);
      case Unclaimed unclaimed -> unclaimed(unclaimed, event, now);
      case Matched matched -> matched(matched, event, now);
      case Claimed held -> claimed.decide(held, event, now);
      case Preempting held -> preempting.decide(held, event, now);
      case Drained drained -> Step.to(drained);
    };
  }

  private static Step owner(Owner state, SlotEvent event) {
    return switch (event) {
      case PolicySaw(var values) ->
          Step.by(
              PolicyRule.START,
              values.closed().<SlotState>map(Owner::new).orElseGet(Unclaimed::new));
      case DrainAsked(var reason) -> Step.to(new Drained(reason));
      case MatchCame _, Granted _, Refused _, HeartbeatAnswered _ -> Step.to(state);
      case ActivateAsked _, StarterTook _, StarterRefused _, RunLeft _ -> Step.to(state);
      case DeactivateAsked _, ReleaseAsked _, GoneAcknowledged _ -> Step.to(state);
      case SuspendFailed _, MemoryLeft _, Checkpointed _, Wished _ -> Step.to(state);
      case ShadowMoved _, Tick() -> Step.to(state);
    };
  }

  private Step unclaimed(Unclaimed state, SlotEvent event, Duration now) {
    return switch (event) {
      case MatchCame(var match) ->
          Step.to(new Matched(match, now.plus(patience.match())), new Dial(match));
      case PolicySaw(var values) when values.closed().isPresent() ->
          Step.by(PolicyRule.START, new Owner(values.closed().get()));
      case DrainAsked(var reason) -> Step.to(new Drained(reason));
      case PolicySaw _, Granted _, Refused _, HeartbeatAnswered _ -> Step.to(state);
      case ActivateAsked _, StarterTook _, StarterRefused _, RunLeft _ -> Step.to(state);
      case DeactivateAsked _, ReleaseAsked _, GoneAcknowledged _ -> Step.to(state);
      case SuspendFailed _, MemoryLeft _, Checkpointed _, Wished _ -> Step.to(state);
      case ShadowMoved _, Tick() -> Step.to(state);
    };
  }

  private Step matched(Matched state, SlotEvent event, Duration now) {
    HangUp hangUp = new HangUp(Optional.empty());
    return switch (event) {
      case Granted(var claim, var asked, Optional<RunRef> _) ->
          Step.to(
              new Claimed(
                  claim, new Work.Idle(), asked.plus(claim.lease()), false, Optional.empty()));
      case Refused _ -> Step.to(new Unclaimed(), hangUp);
      case MatchCame(var match) ->
          Step.to(new Matched(match, now.plus(patience.match())), hangUp, new Dial(match));
      case PolicySaw(var values) when values.closed().isPresent() ->
          Step.by(PolicyRule.START, new Owner(values.closed().get()), hangUp);
      case DrainAsked(var reason) -> Step.to(new Drained(reason), new HangUp(Optional.of(reason)));
      case Tick() when Deadlines.passed(state.giveUpAt(), now) -> Step.to(new Unclaimed(), hangUp);
      case PolicySaw _, HeartbeatAnswered _, ActivateAsked _, StarterTook _ -> Step.to(state);
      case StarterRefused _, RunLeft _, DeactivateAsked _, ReleaseAsked _ -> Step.to(state);
      case SuspendFailed _, MemoryLeft _, Checkpointed _, Wished _ -> Step.to(state);
      case GoneAcknowledged _, ShadowMoved _, Tick() -> Step.to(state);
    };
  }
}
