package io.urubu.matchmaker.negotiator;

import io.urubu.matchmaker.collector.MachineBook;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Negotiates a moment after demand or supply changed: changes come in bursts. Negotiating never
 * takes more than half of a core, however much changes.
 */
public final class NegotiatorLoop implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(NegotiatorLoop.class);

  private static final long LONGEST_WAIT_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

  private final Negotiator negotiator;
  private final MachineBook machines;
  private final Duration delay;
  private final LongSupplier ticker;
  private final Thread thread;

  /** Guards the fields below. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition changed = lock.newCondition();
  private boolean isDue;
  private boolean isClosed;
  private long cycles;
  private long matches;
  private Duration lastCycle = Duration.ZERO;

  /**
   * @param delay from the first change to the negotiation
   * @param bug told of what must never happen; nothing is negotiated after it
   */
  public NegotiatorLoop(
      Negotiator negotiator,
      MachineBook machines,
      Duration delay,
      LongSupplier ticker,
      Consumer<Throwable> bug) {
    this.negotiator = negotiator;
    this.machines = machines;
    this.delay = delay;
    this.ticker = ticker;
    this.thread =
        Thread.ofPlatform()
            .name("negotiator")
            .daemon()
            .uncaughtExceptionHandler(
                (_, cause) -> {
                  log.atError().setCause(cause).log("a negotiation failed");
                  bug.accept(cause);
                })
            .unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Demand or supply changed. */
  public void changed() {
    lock.lock();
    try {
      isDue = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      while (awaitChange()) {
        long start = ticker.getAsLong();
        int made = negotiator.negotiate();
        note(made, Duration.ofNanos(ticker.getAsLong() - start));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** False when the loop is to end. */
  private boolean awaitChange() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!isDue && !isClosed) {
        long release = machines.untilNextRelease().orElse(LONGEST_WAIT_NANOS);
        if (changed.awaitNanos(Math.min(release, LONGEST_WAIT_NANOS)) <= 0) {
          isDue = true;
        }
      }
      long batch = Math.max(delay.toNanos(), lastCycle.toNanos());
      while (batch > 0 && !isClosed) {
        batch = changed.awaitNanos(batch);
      }
      isDue = false;
      return !isClosed;
    } finally {
      lock.unlock();
    }
  }

  private void note(int made, Duration took) {
    lock.lock();
    try {
      cycles++;
      matches += made;
      lastCycle = took;
    } finally {
      lock.unlock();
    }
  }

  /**
   * What was done since the start.
   *
   * @param lastCycle how long the last one took
   */
  public record Report(long cycles, long matches, Duration lastCycle) {}

  public Report report() {
    lock.lock();
    try {
      return new Report(cycles, matches, lastCycle);
    } finally {
      lock.unlock();
    }
  }

  /** No match is made after it has returned, unless a negotiation takes very long. */
  @Override
  public void close() {
    lock.lock();
    try {
      isClosed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      thread.join(STOP_PATIENCE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
