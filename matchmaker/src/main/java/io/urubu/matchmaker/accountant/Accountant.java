package io.urubu.matchmaker.accountant;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the users' usage: in memory for the negotiator, in PostgreSQL for ever. Without its
 * database it counts on, and saves when the database is back.
 */
public final class Accountant {
  private static final Logger log = LoggerFactory.getLogger(Accountant.class);

  private final UsageStore store;
  private final InstantSource clock;
  private final LongSupplier ticker;

  /** Guards the ledger and when it last counted. Never held during I/O. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Ledger ledger;
  private long countedAt;

  /** One at a time talks to the database; guards the fields below. */
  private final ReentrantLock saving = new ReentrantLock();

  private boolean isLoaded;
  private boolean isReachable = true;

  public Accountant(
      DataSource database, Duration halfLife, InstantSource clock, LongSupplier ticker) {
    this.store = new UsageStore(database);
    this.clock = clock;
    this.ticker = ticker;
    this.ledger = new Ledger(halfLife);
    this.countedAt = ticker.getAsLong();
  }

  /** Counts the time since the last call to these users. */
  public void count(Map<String, Integer> slotsByUser) {
    lock.lock();
    try {
      long now = ticker.getAsLong();
      ledger.count(slotsByUser, Duration.ofNanos(now - countedAt));
      countedAt = now;
    } finally {
      lock.unlock();
    }
  }

  /** Orders the users; the larger the worse, never below 500. */
  public double effectivePriority(String user) {
    lock.lock();
    try {
      return ledger.effectivePriority(user);
    } finally {
      lock.unlock();
    }
  }

  /** Every user that was ever counted, by name. */
  public List<UserPriority> priorities() {
    lock.lock();
    try {
      return ledger.priorities();
    } finally {
      lock.unlock();
    }
  }

  /** Reads what was stored, once, and saves what changed. Returns when it is done or has failed. */
  public void flush() {
    saving.lock();
    try {
      if (!isLoaded) {
        load();
        isLoaded = true;
      }
      save();
      if (!isReachable) {
        isReachable = true;
        log.atInfo().log("usage is saved again");
      }
    } catch (SQLException | RuntimeException e) {
      if (isReachable) {
        isReachable = false;
        log.atWarn().setCause(e).log("usage cannot be saved now; it is counted on in memory");
      }
    } finally {
      saving.unlock();
    }
  }

  private void load() throws SQLException {
    List<StoredUsage> stored = store.load();
    lock.lock();
    try {
      ledger.add(stored, clock.instant());
    } finally {
      lock.unlock();
    }
  }

  private void save() throws SQLException {
    Instant now = clock.instant();
    List<StoredUsage> rows;
    lock.lock();
    try {
      rows = ledger.takeUnsaved(now);
    } finally {
      lock.unlock();
    }
    boolean isSaved = false;
    try {
      store.save(rows);
      isSaved = true;
    } finally {
      if (!isSaved) {
        untake(rows);
      }
    }
  }

  private void untake(List<StoredUsage> rows) {
    lock.lock();
    try {
      ledger.untake(rows);
    } finally {
      lock.unlock();
    }
  }

  /** False while the database does not answer. */
  public boolean isDatabaseReachable() {
    saving.lock();
    try {
      return isReachable;
    } finally {
      saving.unlock();
    }
  }
}
