package io.urubu.matchmaker.collector;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One startd in the machine book: its stream, if it has one, and its slots. Not for several
 * threads.
 */
final class StartdEntry {
  /** By name; also those that an earlier stream spoke of, until the grace is over. */
  final Map<String, SlotEntry> slots = new TreeMap<>();

  private Optional<StartdSession> session = Optional.empty();

  /** Ticker value; from then on what an earlier stream said is on its grace. */
  private Optional<Long> graceFrom = Optional.empty();

  /** Returns the stream that is no longer the startd's. */
  Optional<StartdSession> connect(StartdSession next, long now) {
    Optional<StartdSession> former = session;
    session = Optional.of(next);
    graceFrom = Optional.of(now);
    return former;
  }

  void disconnect(StartdSession gone, long now) {
    if (isOf(gone)) {
      session = Optional.empty();
      graceFrom = Optional.of(now);
    }
  }

  boolean isOf(StartdSession candidate) {
    return session.isPresent() && session.get() == candidate;
  }

  Optional<StartdSession> session() {
    return session;
  }

  /** Drops what nobody stands for any more; true when nothing of the startd is left. */
  boolean isOver(long now, long graceNanos) {
    boolean graceOver = graceFrom.map(since -> now - since > graceNanos).orElse(false);
    if (!graceOver) {
      return false;
    }
    if (session.isEmpty()) {
      return true;
    }
    slots.values().removeIf(slot -> slot.session() != session.get().id);
    graceFrom = Optional.empty();
    return false;
  }

  /** The slots that may be matched: what a former stream said of one is not enough. */
  Stream<SlotEntry> free(long now) {
    return slots.values().stream().filter(slot -> isFree(slot, now));
  }

  boolean isFree(SlotEntry slot, long now) {
    return session.isPresent() && slot.session() == session.get().id && slot.isFree(now);
  }
}
