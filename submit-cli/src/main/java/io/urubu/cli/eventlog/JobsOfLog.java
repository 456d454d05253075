package io.urubu.cli.eventlog;

import java.util.HashSet;
import java.util.Set;

/** Which of the wanted jobs a log has seen, and which of them have not ended. */
final class JobsOfLog {
  private final LogJob wanted;
  private final Set<String> open = new HashSet<>();
  private long submitted;
  private long ended;

  JobsOfLog(LogJob wanted) {
    this.wanted = wanted;
  }

  /** Takes an entry into account; false when it is about another job. */
  boolean take(LogEvent event) {
    if (!wanted.covers(event)) {
      return false;
    }
    switch (event.kind()) {
      case LogEvent.SUBMITTED -> {
        open.add(event.key());
        submitted++;
      }
      case LogEvent.TERMINATED, LogEvent.ABORTED -> {
        open.remove(event.key());
        ended++;
      }
      default -> {
        // A job that goes on.
      }
    }
    return true;
  }

  boolean isAnyKnown() {
    return submitted > 0;
  }

  boolean areAllDone() {
    return submitted > 0 && open.isEmpty();
  }

  long ended() {
    return ended;
  }
}
