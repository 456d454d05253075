package io.urubu.matchmaker.collector;

import io.urubu.classad.ClassAd;
import io.urubu.matchmaker.collector.RefusedException.Cause;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the schedds ask for, and where they accept claims. Lives as long as their streams. May be
 * used by any thread; does no I/O.
 */
public final class DemandBook {
  private static final int MAX_USER_LENGTH = 320;

  private final Limits limits;
  private final Times times;

  /** Guards everything below, and what the sessions hold. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Map<String, ScheddSession> sessionBySchedd = new HashMap<>();

  public DemandBook(Limits limits, Times times) {
    this.limits = limits;
    this.times = times;
  }

  /** A schedd's stream begins, without demand; an older stream of the same schedd is closed. */
  public ScheddSession open(String schedd, String claimAddress, ScheddLink link)
      throws RefusedException {
    ScheddSession session;
    ScheddSession former;
    lock.lock();
    try {
      if (!sessionBySchedd.containsKey(schedd) && sessionBySchedd.size() >= limits.schedds()) {
        throw new RefusedException(
            Cause.TOO_MUCH, "the matchmaker serves " + limits.schedds() + " schedds, no more");
      }
      session = new ScheddSession(schedd, claimAddress, link, this, times.ticker().getAsLong());
      former = sessionBySchedd.put(schedd, session);
    } finally {
      lock.unlock();
    }
    if (former != null) {
      former.link.close("another stream of " + schedd + " took its place");
    }
    return session;
  }

  void demand(ScheddSession session, DemandKey key, Optional<ClassAd> ad, int idle, int jobPriority)
      throws RefusedException {
    if (idle < 0 || key.user().isEmpty() || key.user().length() > MAX_USER_LENGTH) {
      throw new RefusedException(
          Cause.INVALID, "a demand for %d slots of user '%s'".formatted(idle, key.user()));
    }
    if (ad.isPresent() && ad.get().toString().length() > limits.bytesPerAd()) {
      throw new RefusedException(
          Cause.TOO_MUCH,
          "the ad of autocluster %d has more than %d bytes"
              .formatted(key.autocluster(), limits.bytesPerAd()));
    }
    lock.lock();
    try {
      hear(session);
      ScheddSession.Line known = session.lineByKey.get(key);
      ClassAd whole =
          ad.or(() -> Optional.ofNullable(known).map(ScheddSession.Line::ad))
              .orElseThrow(() -> unknown(key));
      if (known == null) {
        makeRoom(session);
      }
      session.lineByKey.put(key, new ScheddSession.Line(whole, idle, jobPriority));
    } finally {
      lock.unlock();
    }
  }

  private static RefusedException unknown(DemandKey key) {
    return new RefusedException(
        Cause.OUT_OF_STEP, "autocluster %d is not known here".formatted(key.autocluster()));
  }

  private void makeRoom(ScheddSession session) throws RefusedException {
    if (session.lineByKey.size() < limits.demandsPerSchedd()) {
      return;
    }
    session.lineByKey.values().removeIf(line -> line.idle() == 0);
    if (session.lineByKey.size() >= limits.demandsPerSchedd()) {
      throw new RefusedException(
          Cause.TOO_MUCH,
          "a schedd may ask for %d autoclusters".formatted(limits.demandsPerSchedd()));
    }
  }

  void heard(ScheddSession session) throws RefusedException {
    lock.lock();
    try {
      hear(session);
    } finally {
      lock.unlock();
    }
  }

  private void hear(ScheddSession session) throws RefusedException {
    if (sessionBySchedd.get(session.schedd) != session) {
      throw new RefusedException(
          Cause.REPLACED, "this stream of " + session.schedd + " counts no more");
    }
    session.heardAt = times.ticker().getAsLong();
  }

  void close(ScheddSession session) {
    lock.lock();
    try {
      sessionBySchedd.remove(session.schedd, session);
    } finally {
      lock.unlock();
    }
  }

  /** Closes streams that fell silent. */
  public void sweep() {
    List<ScheddSession> silent = new ArrayList<>();
    lock.lock();
    try {
      long now = times.ticker().getAsLong();
      for (ScheddSession session : sessionBySchedd.values()) {
        if (now - session.heardAt > times.silence().toNanos()) {
          silent.add(session);
        }
      }
      silent.forEach(session -> sessionBySchedd.remove(session.schedd, session));
    } finally {
      lock.unlock();
    }
    for (ScheddSession session : silent) {
      session.link.close("nothing was heard for " + times.silence());
    }
  }

  /** Everything that waits now. */
  public List<Demand> waiting() {
    List<Demand> waiting = new ArrayList<>();
    lock.lock();
    try {
      for (ScheddSession session : sessionBySchedd.values()) {
        session.lineByKey.forEach(
            (key, line) -> {
              if (line.idle() > 0) {
                waiting.add(new Demand(key, line.ad(), line.idle(), line.jobPriority()));
              }
            });
      }
    } finally {
      lock.unlock();
    }
    return waiting;
  }

  /** Where a match goes. */
  public record Taker(ScheddLink link, String claimAddress) {}

  /**
   * Counts one job as matched, until its schedd says anew how many wait.
   *
   * @return the way to its schedd; empty when nothing of it waits any more
   */
  public Optional<Taker> take(DemandKey key) {
    lock.lock();
    try {
      ScheddSession session = sessionBySchedd.get(key.schedd());
      if (session == null) {
        return Optional.empty();
      }
      ScheddSession.Line line = session.lineByKey.get(key);
      if (line == null || line.idle() == 0) {
        return Optional.empty();
      }
      session.lineByKey.put(
          key, new ScheddSession.Line(line.ad(), line.idle() - 1, line.jobPriority()));
      return Optional.of(new Taker(session.link, session.claimAddress));
    } finally {
      lock.unlock();
    }
  }

  /** Takes back a {@link #take} that led to no match. */
  public void untake(DemandKey key) {
    lock.lock();
    try {
      ScheddSession session = sessionBySchedd.get(key.schedd());
      if (session != null) {
        session.lineByKey.computeIfPresent(
            key,
            (_, line) -> new ScheddSession.Line(line.ad(), line.idle() + 1, line.jobPriority()));
      }
    } finally {
      lock.unlock();
    }
  }

  /** host:port where the schedd accepts claims, while it is connected. */
  public Optional<String> claimAddress(String schedd) {
    lock.lock();
    try {
      return Optional.ofNullable(sessionBySchedd.get(schedd)).map(s -> s.claimAddress);
    } finally {
      lock.unlock();
    }
  }

  /** Tells these names to each schedd that was not told them yet. */
  public void tell(SortedSet<String> significant) {
    List<ScheddLink> outdated = new ArrayList<>();
    lock.lock();
    try {
      for (ScheddSession session : sessionBySchedd.values()) {
        if (!session.hasBeenTold || !session.told.equals(significant)) {
          session.hasBeenTold = true;
          session.told = significant;
          outdated.add(session.link);
        }
      }
    } finally {
      lock.unlock();
    }
    outdated.forEach(link -> link.significantAttributes(significant));
  }
}
