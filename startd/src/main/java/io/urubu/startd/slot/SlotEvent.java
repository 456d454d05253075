package io.urubu.startd.slot;

import io.urubu.protocol.id.RunRef;
import java.time.Duration;
import java.util.Optional;

/** What can happen to a slot. */
public sealed interface SlotEvent {

  /** The owner's policy was asked about the slot as it is. */
  record PolicySaw(PolicyValues values) implements SlotEvent {}

  /** The matchmaker gave the slot to a user. */
  record MatchCame(Match match) implements SlotEvent {}

  /**
   * The schedd granted the claim, on the first stream or on a later one.
   *
   * @param asked when this side asked for it
   * @param said the run that this side said to hold when it asked
   */
  record Granted(Claim claim, Duration asked, Optional<RunRef> said) implements SlotEvent {}

  /** The schedd does not know the ticket or the claim. */
  record Refused(String reason) implements SlotEvent {}

  /** The schedd answered a heartbeat that was sent at that time. */
  record HeartbeatAnswered(Duration sent) implements SlotEvent {}

  /**
   * The schedd wants a run here.
   *
   * @param refusal why job and machine do not go together (any more); empty when they do
   */
  record ActivateAsked(Activation activation, Optional<String> refusal) implements SlotEvent {}

  /** The starter has the run. */
  record StarterTook(RunRef run) implements SlotEvent {}

  /** The starter does not take the run, and holds nothing of it. */
  record StarterRefused(RunRef run, String reason) implements SlotEvent {}

  /** Nothing of the run is left on this workstation. */
  record RunLeft(RunRef run, String reason) implements SlotEvent {}

  /** The starter cannot make the run stand still. */
  record SuspendFailed(RunRef run, String reason) implements SlotEvent {}

  /** No process of the run is left; what it saved is being uploaded. */
  record MemoryLeft(RunRef run) implements SlotEvent {}

  /** The run's state was saved, and it went on. */
  record Checkpointed(RunRef run) implements SlotEvent {}

  /** The user wishes something of the run. */
  record Wished(RunRef run, Wish wish) implements SlotEvent {}

  /** The schedd wants the run ended. */
  record DeactivateAsked(RunRef run, boolean graceful, Why why) implements SlotEvent {}

  /** The schedd has no more jobs for the claim. */
  record ReleaseAsked(String reason) implements SlotEvent {}

  /** The schedd knows that the run is gone. */
  record GoneAcknowledged(RunRef run) implements SlotEvent {}

  /** The run's shadow was replaced. */
  record ShadowMoved(RunRef run, Endpoint shadow) implements SlotEvent {}

  /** The daemon goes down, or the slot is configured away. */
  record DrainAsked(String reason) implements SlotEvent {}

  /** Time passed. */
  record Tick() implements SlotEvent {}
}
