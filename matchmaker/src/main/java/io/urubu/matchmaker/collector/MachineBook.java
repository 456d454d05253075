package io.urubu.matchmaker.collector;

import io.urubu.classad.ClassAd;
import io.urubu.matchmaker.collector.RefusedException.Cause;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * What the startds offer. An ad lives as long as its startd's stream, and the grace; a slot is free
 * when its ad says so and it was not given away. May be used by any thread; does no I/O.
 */
public final class MachineBook {
  private static final Pattern LOCAL_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final int MAX_SHOWN = 100;

  private final Limits limits;
  private final Times times;

  /** Guards everything below. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Map<String, StartdEntry> entryByStartd = new HashMap<>();

  /** Lower case, only grows: a name that goes and comes would regroup every queue twice. */
  private final SortedSet<String> significant = new TreeSet<>();

  private long lastSession;

  public MachineBook(Limits limits, Times times) {
    this.limits = limits;
    this.times = times;
  }

  /**
   * A startd's stream begins. An older stream of the same startd is closed; its ads stay until they
   * are said anew, or for the grace.
   */
  public StartdSession open(String startd, StartdLink link) throws RefusedException {
    StartdSession session;
    Optional<StartdSession> former;
    lock.lock();
    try {
      if (!entryByStartd.containsKey(startd) && entryByStartd.size() >= limits.startds()) {
        throw new RefusedException(
            Cause.TOO_MUCH, "the matchmaker serves " + limits.startds() + " startds, no more");
      }
      long now = times.ticker().getAsLong();
      session = new StartdSession(++lastSession, startd, link, this, now);
      former = entryByStartd.computeIfAbsent(startd, _ -> new StartdEntry()).connect(session, now);
    } finally {
      lock.unlock();
    }
    former.ifPresent(s -> s.link.close("another stream of " + startd + " took its place"));
    return session;
  }

  boolean advertise(
      StartdSession session, String slot, boolean complete, ClassAd ad, List<String> removed)
      throws RefusedException {
    checkName(session, slot);
    lock.lock();
    try {
      StartdEntry startd = hear(session);
      SlotEntry before = startd.slots.get(slot);
      if (before == null && startd.slots.size() >= limits.slotsPerStartd()) {
        throw new RefusedException(
            Cause.TOO_MUCH, slot + ": a startd may have " + limits.slotsPerStartd() + " slots");
      }
      if (!complete && (before == null || before.session() != session.id)) {
        throw new RefusedException(
            Cause.OUT_OF_STEP, slot + ": a change came before the whole ad on this stream");
      }
      AdUpdate update = new AdUpdate(complete, ad, removed);
      SlotEntry after = update.apply(slot, Optional.ofNullable(before), session.id, limits, times);
      startd.slots.put(slot, after);
      learn(after);
      return before == null || update.mattersTo(after);
    } finally {
      lock.unlock();
    }
  }

  private static void checkName(StartdSession session, String slot) throws RefusedException {
    String local = slot.substring(0, Math.max(0, slot.indexOf('@')));
    if (!LOCAL_NAME.matcher(local).matches() || !slot.equals(local + "@" + session.startd)) {
      throw new RefusedException(
          Cause.INVALID,
          "'%s' is no slot of %s: expected is slotN@%s"
              .formatted(abbreviated(slot), session.startd, session.startd));
    }
  }

  private static String abbreviated(String name) {
    return name.substring(0, Math.min(name.length(), MAX_SHOWN));
  }

  private void learn(SlotEntry slot) {
    for (String name : slot.policyNames()) {
      if (significant.size() < limits.significantAttributes()) {
        significant.add(name);
      }
    }
  }

  void withdraw(StartdSession session, String slot) throws RefusedException {
    lock.lock();
    try {
      hear(session).slots.remove(slot);
    } finally {
      lock.unlock();
    }
  }

  void heard(StartdSession session) throws RefusedException {
    lock.lock();
    try {
      hear(session);
    } finally {
      lock.unlock();
    }
  }

  private StartdEntry hear(StartdSession session) throws RefusedException {
    StartdEntry entry = entryByStartd.get(session.startd);
    if (entry == null || !entry.isOf(session)) {
      throw new RefusedException(
          Cause.REPLACED, "this stream of " + session.startd + " counts no more");
    }
    session.heardAt = times.ticker().getAsLong();
    return entry;
  }

  void close(StartdSession session) {
    lock.lock();
    try {
      StartdEntry entry = entryByStartd.get(session.startd);
      if (entry != null) {
        entry.disconnect(session, times.ticker().getAsLong());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Closes streams that fell silent, and drops the ads whose grace is over. */
  public void sweep() {
    List<StartdSession> silent = new ArrayList<>();
    lock.lock();
    try {
      long now = times.ticker().getAsLong();
      for (StartdEntry entry : entryByStartd.values()) {
        entry
            .session()
            .filter(session -> now - session.heardAt > times.silence().toNanos())
            .ifPresent(silent::add);
      }
      entryByStartd.values().removeIf(entry -> entry.isOver(now, times.grace().toNanos()));
    } finally {
      lock.unlock();
    }
    for (StartdSession session : silent) {
      close(session);
      session.link.close("nothing was heard for " + times.silence());
    }
  }

  /** The slots that may be matched now, in the order of their names. */
  public List<Slot> freeSlots() {
    List<Slot> free = new ArrayList<>();
    lock.lock();
    try {
      long now = times.ticker().getAsLong();
      for (StartdEntry entry : entryByStartd.values()) {
        entry.free(now).forEach(slot -> free.add(new Slot(slot.name(), slot.ad())));
      }
    } finally {
      lock.unlock();
    }
    free.sort((left, right) -> left.name().compareTo(right.name()));
    return free;
  }

  /**
   * Gives a slot away: it is not free again until its startd says so or the time for matches is
   * over.
   *
   * @return the way to its startd; empty when the slot is not free any more
   */
  public Optional<StartdLink> give(String slot, String user) {
    lock.lock();
    try {
      long now = times.ticker().getAsLong();
      StartdEntry startd = entryByStartd.get(slot.substring(slot.indexOf('@') + 1));
      SlotEntry entry = startd == null ? null : startd.slots.get(slot);
      if (startd == null || entry == null || !startd.isFree(entry, now)) {
        return Optional.empty();
      }
      int failures = entry.promise().at(now).failures();
      long deadline = now + times.matchTimeout().toNanos();
      startd.slots.put(slot, entry.with(new Promise.Given(user, deadline, failures)));
      return startd.session().map(session -> session.link);
    } finally {
      lock.unlock();
    }
  }

  /** Nanoseconds until the next slot that was given away, or rests, may be free again. */
  public Optional<Long> untilNextRelease() {
    lock.lock();
    try {
      long now = times.ticker().getAsLong();
      return entryByStartd.values().stream()
          .flatMap(entry -> entry.slots.values().stream())
          .flatMap(slot -> slot.promise().at(now).endsAt().stream())
          .map(end -> end - now)
          .min(Long::compare);
    } finally {
      lock.unlock();
    }
  }

  /** How many slots each user has, those that were just given to it included. */
  public Map<String, Integer> slotsByUser() {
    Map<String, Integer> slotsByUser = new HashMap<>();
    lock.lock();
    try {
      long now = times.ticker().getAsLong();
      for (StartdEntry entry : entryByStartd.values()) {
        for (SlotEntry slot : entry.slots.values()) {
          slot.holder(now).ifPresent(user -> slotsByUser.merge(user, 1, Integer::sum));
        }
      }
    } finally {
      lock.unlock();
    }
    return slotsByUser;
  }

  /** Every ad that is held now, in the order of the slots' names. */
  public List<ClassAd> ads() {
    SortedSet<SlotEntry> slots =
        new TreeSet<>((left, right) -> left.name().compareTo(right.name()));
    lock.lock();
    try {
      entryByStartd.values().forEach(entry -> slots.addAll(entry.slots.values()));
    } finally {
      lock.unlock();
    }
    return slots.stream().map(SlotEntry::published).toList();
  }

  /** The job attributes that any machine's policy reads. Never shrinks. */
  public SortedSet<String> significantAttributes() {
    lock.lock();
    try {
      return new TreeSet<>(significant);
    } finally {
      lock.unlock();
    }
  }
}
