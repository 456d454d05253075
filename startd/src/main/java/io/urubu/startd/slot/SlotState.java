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
   * @param closed why no job may begin, as the policy last said
   */
  record Claimed(Claim claim, Work work, Duration leaseUntil, boolean last, Optional<String> closed)
      implements SlotState {

    Claimed with(Work next) {
      return new Claimed(claim, next, leaseUntil, last, closed);
    }

    Claimed with(Claim newer, Duration lease) {
      return new Claimed(newer, work, lease, last, closed);
    }

    Claimed forTheLastTime() {
      return new Claimed(claim, work, leaseUntil, true, closed);
    }

    Claimed seen(Optional<String> nowClosed) {
      return new Claimed(claim, work, leaseUntil, last, nowClosed);
    }

    /** The claim ends with that work, of which the schedd is still told. */
    Preempting leaving(Work next) {
      return new Preempting(claim, next, leaseUntil, true, false, closed);
    }

    /** The claim ends with that work, and the schedd is not told. */
    Preempting lost(Work next) {
      return new Preempting(claim, next, leaseUntil, false, false, closed);
    }

    SlotState free() {
      return SlotState.free(closed);
    }
  }

  /**
   * The claim ends as soon as its run is gone.
   *
   * @param known the schedd still counts on the claim, and must be told
   * @param draining the daemon goes down: the slot does not become free afterwards
   * @param closed why no job may begin, as the policy last said
   */
  record Preempting(
      Claim claim,
      Work work,
      Duration leaseUntil,
      boolean known,
      boolean draining,
      Optional<String> closed)
      implements SlotState {

    Preempting with(Work next) {
      return new Preempting(claim, next, leaseUntil, known, draining, closed);
    }

    Preempting renewed(Duration lease) {
      return new Preempting(claim, work, lease, known, draining, closed);
    }

    Preempting unknown() {
      return new Preempting(claim, work, leaseUntil, false, draining, closed);
    }

    Preempting forDraining() {
      return new Preempting(claim, work, leaseUntil, known, true, closed);
    }

    Preempting seen(Optional<String> nowClosed) {
      return new Preempting(claim, work, leaseUntil, known, draining, nowClosed);
    }

    SlotState free() {
      return draining ? new Drained("the slot was vacated") : SlotState.free(closed);
    }
  }

  /** Nobody's: the owner's while the policy says so, not even for a moment a match's. */
  private static SlotState free(Optional<String> closed) {
    return closed.isPresent() ? new Owner(closed.get()) : new Unclaimed();
  }

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
      case Work.Starting starting -> starting.suspended() ? "Suspended" : "Busy";
      case Work.Running running -> running.pace().retireUntil().isPresent() ? "Retiring" : "Busy";
      case Work.Suspended _ -> "Suspended";
      case Work.Ending ending -> ending.isKilling() ? "Killing" : "Vacating";
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
