package io.urubu.startd.slot;

import io.urubu.protocol.id.RunRef;
import java.time.Duration;
import java.util.Optional;

/** What one slot of a workstation is doing. Points in time are of the monotonic clock. */
public sealed interface SlotState {

  /** The machine is its owner's alone; no job may come. */
  record Owner(String reason) implements SlotState {}

  /** Free for a match. */
  record Unclaimed() implements SlotState {}

  /** The matched schedd is being dialled; after that time the match is void. */
  record Matched(Match match, Duration giveUpAt) implements SlotState {}

  /**
   * A schedd holds the slot for a user until the lease runs out.
   *
   * @param last no further job comes: the slot is free when its run is gone
   */
  record Claimed(Claim claim, Work work, Duration leaseUntil, boolean last) implements SlotState {}

  /**
   * The claim ends as soon as its run is gone.
   *
   * @param known the schedd still counts on the claim, and must be told
   * @param draining the daemon goes down: the slot does not become free afterwards
   */
  record Preempting(Claim claim, Work work, Duration leaseUntil, boolean known, boolean draining)
      implements SlotState {}

  /** The daemon goes down; nothing is left in the slot. */
  record Drained(String reason) implements SlotState {}

  /** The claim that the slot holds. */
  default Optional<Claim> heldClaim() {
    return switch (this) {
      case Claimed claimed -> Optional.of(claimed.claim);
      case Preempting preempting -> Optional.of(preempting.claim);
      case Owner _, Unclaimed _, Matched _, Drained _ -> Optional.empty();
    };
  }

  /** What the claim is doing; idle without one. */
  default Work work() {
    return switch (this) {
      case Claimed claimed -> claimed.work;
      case Preempting preempting -> preempting.work;
      case Owner _, Unclaimed _, Matched _, Drained _ -> new Work.Idle();
    };
  }

  /** The run of which something may be left in the slot. */
  default Optional<RunRef> held() {
    return work().held();
  }

  /** The state's name in the machine ad. */
  default String stateName() {
    return getClass().getSimpleName();
  }

  /** The activity's name in the machine ad. */
  default String activityName() {
    return switch (work()) {
      case Work.Idle _, Work.Gone _ -> "Idle";
      case Work.Starting _, Work.Running _ -> "Busy";
      case Work.Ending ending -> ending.killing() ? "Killing" : "Vacating";
    };
  }

  /** When something is due without any event. */
  default Optional<Duration> due() {
    return switch (this) {
      case Matched matched -> Optional.of(matched.giveUpAt);
      case Claimed claimed -> Optional.of(Deadlines.earlier(claimed.work, claimed.leaseUntil));
      case Preempting preempting ->
          Optional.of(Deadlines.earlier(preempting.work, preempting.leaseUntil));
      case Owner _, Unclaimed _, Drained _ -> Optional.empty();
    };
  }
}
