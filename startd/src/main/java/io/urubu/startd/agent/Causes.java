package io.urubu.startd.agent;

import io.urubu.startd.slot.SlotEvent;

/** Events in words, without what is secret or long. */
final class Causes {
  private Causes() {}

  static String of(SlotEvent event) {
    return switch (event) {
      case SlotEvent.PolicySaw _ -> "the owner's policy";
      case SlotEvent.MatchCame(var match) -> "matched with " + match.user();
      case SlotEvent.Granted(var claim, _, _) -> "claim granted to " + claim.user();
      case SlotEvent.Refused(var reason) -> "claim refused: " + reason;
      case SlotEvent.HeartbeatAnswered _ -> "heartbeat answered";
      case SlotEvent.ActivateAsked(var activation, _) -> "activation of " + activation.run();
      case SlotEvent.StarterTook _ -> "the starter has the run";
      case SlotEvent.StarterRefused(_, var reason) -> "the starter refused: " + reason;
      case SlotEvent.RunLeft(_, var reason) -> "the run is gone: " + reason;
      case SlotEvent.DeactivateAsked(_, _, var why) -> "deactivation: " + why.text();
      case SlotEvent.SuspendFailed(_, var reason) -> "it does not stand still: " + reason;
      case SlotEvent.MemoryLeft _ -> "the job has left memory";
      case SlotEvent.Checkpointed _ -> "a checkpoint was taken";
      case SlotEvent.Wished _ -> "the user wishes it";
      case SlotEvent.ReleaseAsked(var reason) -> "release: " + reason;
      case SlotEvent.GoneAcknowledged _ -> "the schedd knows that the run is gone";
      case SlotEvent.ShadowMoved _ -> "the shadow moved";
      case SlotEvent.DrainAsked(var reason) -> reason;
      case SlotEvent.Tick() -> "time is over";
    };
  }
}
