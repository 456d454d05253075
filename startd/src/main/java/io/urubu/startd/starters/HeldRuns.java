package io.urubu.startd.starters;

import io.urubu.protocol.id.RunRef;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The runs that a starter was given and of which something may be there. The end of each is
 * reported once, by whichever thread learns of it first.
 */
final class HeldRuns {
  private final Set<RunRef> runs = ConcurrentHashMap.newKeySet();
  private final StarterNews news;

  HeldRuns(StarterNews news) {
    this.news = news;
  }

  void add(RunRef run) {
    runs.add(run);
  }

  void addAll(Set<RunRef> more) {
    runs.addAll(more);
  }

  void remove(RunRef run) {
    runs.remove(run);
  }

  boolean contains(RunRef run) {
    return runs.contains(run);
  }

  boolean isEmpty() {
    return runs.isEmpty();
  }

  /** False for a run that was not held. */
  boolean leave(RunRef run, String reason) {
    boolean wasHeld = runs.remove(run);
    if (wasHeld) {
      news.left(run, reason);
    }
    return wasHeld;
  }

  void leaveAll(String reason) {
    leaveAllBut(Set.of(), reason);
  }

  void leaveAllBut(Set<RunRef> present, String reason) {
    for (RunRef run : Set.copyOf(runs)) {
      if (!present.contains(run)) {
        leave(run, reason);
      }
    }
  }
}
