package io.urubu.startd.slot;

import java.time.Duration;

/** Which of a claim's points in time comes first. */
final class Deadlines {
  private Deadlines() {}

  static Duration earlier(Work work, Duration leaseUntil) {
    return switch (work) {
      case Work.Idle _, Work.Running _, Work.Suspended _ -> leaseUntil;
      case Work.Starting starting -> min(starting.until(), leaseUntil);
      // A run that is being ended keeps its steps, whatever the lease says.
      case Work.Ending ending -> ending.until();
      case Work.Gone gone -> min(gone.tellAgainAt(), leaseUntil);
    };
  }

  static Duration min(Duration left, Duration right) {
    return left.compareTo(right) <= 0 ? left : right;
  }

  static Duration max(Duration left, Duration right) {
    return left.compareTo(right) >= 0 ? left : right;
  }

  static boolean passed(Duration deadline, Duration now) {
    return now.compareTo(deadline) >= 0;
  }
}
