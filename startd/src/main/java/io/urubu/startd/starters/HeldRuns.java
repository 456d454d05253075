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

  /** Those of them that the starter is known to have. */
  private final Set<RunRef> taken = ConcurrentHashMap.newKeySet();

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

  void took(RunRef run) {
    taken.add(run);
    news.took(run);
  }

  /** Whether the starter has the run: what concerns it need not wait for its own start. */
  boolean isTaken(RunRef run) {
    return taken.contains(run);
  }

  void remove(RunRef run) {
    taken.remove(run);
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
    taken.remove(run);
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
