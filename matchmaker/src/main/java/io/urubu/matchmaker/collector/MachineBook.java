package io.urubu.matchmaker.collector;

import io.urubu.classad.ClassAd;
import io.urubu.matchmaker.collector.RefusedException.Cause;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the startds offer. An ad lives as long as its startd's stream, and the grace; a slot is free
 * when its ad says so and it was not given away. May be used by any thread; does no I/O.
 */
public final class MachineBook {
  private final Limits limits;
  private final Times times;

  /** Guards everything below. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Map<String, StartdSession> sessionByStartd = new HashMap<>();
  private final Map<String, StartdEntry> entryByStartd = new HashMap<>();

  /** Lower case, only grows: a name that goes and comes would regroup every queue twice. */
  private final SortedSet<String> significant = new TreeSet<>();

  private long lastSession;

  /** The slots of one startd, and since when it has no stream. */
  private static final class StartdEntry {
    final Map<String, SlotEntry> slots = new TreeMap<>();
    Optional<Long> lostAt = Optional.empty();
  }

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
    StartdSession former;
    lock.lock();
    try {
      if (!entryByStartd.containsKey(startd) && entryByStartd.size() >= limits.startds()) {
        throw new RefusedException(
            Cause.TOO_MUCH, "the matchmaker serves " + limits.startds() + " startds, no more");
      }
      long now = times.ticker().getAsLong();
      session = new StartdSession(++lastSession, startd, link, this, now);
      former = sessionByStartd.put(startd, session);
      entryByStartd.computeIfAbsent(startd, _ -> new StartdEntry()).lostAt = Optional.of(now);
    } finally {
      lock.unlock();
    }
    if (former != null) {
      former.link.close("another stream of " + startd + " took its place");
    }
    return session;
  }

  boolean advertise(
      StartdSession session, String slot, boolean complete, ClassAd ad, List<String> removed)
      throws RefusedException {
    if (!slot.endsWith("@" + session.startd)) {
      throw new RefusedException(
          Cause.INVALID, "slot " + slot + " does not belong to " + session.startd);
    }
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
    if (entry == null || sessionByStartd.get(session.startd) != session) {
      throw new RefusedException(
          Cause.REPLACED, "this stream of " + session.startd + " counts no more");
    }
    session.heardAt = times.ticker().getAsLong();
    return entry;
  }

  void close(StartdSession session) {
    lock.lock();
    try {
      if (sessionByStartd.remove(session.startd, session)) {
        entryByStartd.get(session.startd).lostAt = Optional.of(times.ticker().getAsLong());
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
      for (StartdSession session : sessionByStartd.values()) {
        if (now - session.heardAt > times.silence().toNanos()) {
          silent.add(session);
        }
      }
      entryByStartd.entrySet().removeIf(e -> isOver(e.getKey(), e.getValue(), now));
    } finally {
      lock.unlock();
    }
    for (StartdSession session : silent) {
      close(session);
      session.link.close("nothing was heard for " + times.silence());
    }
  }

  private boolean isOver(String startd, StartdEntry entry, long now) {
    boolean graceOver =
        entry.lostAt.map(since -> now - since > times.grace().toNanos()).orElse(false);
    if (!graceOver) {
      return false;
    }
    StartdSession session = sessionByStartd.get(startd);
    if (session == null) {
      return true;
    }
    entry.slots.values().removeIf(slot -> slot.session() != session.id);
    entry.lostAt = Optional.empty();
    return false;
  }

  /** The slots that may be matched now, in the order of their names. */
  public List<Slot> freeSlots() {
    List<Slot> free = new ArrayList<>();
    lock.lock();
    try {
      long now = times.ticker().getAsLong();
      sessionByStartd.forEach(
          (startd, session) -> {
            for (SlotEntry slot : entryByStartd.get(startd).slots.values()) {
              if (slot.session() == session.id && slot.isFree(now)) {
                free.add(new Slot(slot.name(), slot.ad()));
              }
            }
          });
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
    String startd = slot.substring(slot.indexOf('@') + 1);
    lock.lock();
    try {
      long now = times.ticker().getAsLong();
      StartdSession session = sessionByStartd.get(startd);
      if (session == null) {
        return Optional.empty();
      }
      Map<String, SlotEntry> slots = entryByStartd.get(startd).slots;
      SlotEntry entry = slots.get(slot);
      if (entry == null || entry.session() != session.id || !entry.isFree(now)) {
        return Optional.empty();
      }
      int failures = entry.promise().at(now).failures();
      long deadline = now + times.matchTimeout().toNanos();
      slots.put(slot, entry.with(new Promise.Given(user, deadline, failures)));
      return Optional.of(session.link);
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

  static boolean isPolicy(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "start", "requirements", "rank" -> true;
      default -> false;
    };
  }
}
