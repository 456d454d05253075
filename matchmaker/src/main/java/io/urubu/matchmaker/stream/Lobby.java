package io.urubu.matchmaker.stream;

import io.grpc.Status;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Streams that have not said yet who they are. They have a little time for it, and there may not be
 * many.
 */
public final class Lobby {
  private static final int CAPACITY = 1_000;

  private final Duration patience;
  private final LongSupplier ticker;

  /** Guards the map. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Map<Consumer<Status>, Long> enteredByExit = new HashMap<>();

  public Lobby(Duration patience, LongSupplier ticker) {
    this.patience = patience;
    this.ticker = ticker;
  }

  /**
   * A stream waits from now on.
   *
   * @param exit ends it
   * @return false when there is no room
   */
  public boolean enter(Consumer<Status> exit) {
    lock.lock();
    try {
      if (enteredByExit.size() >= CAPACITY) {
        return false;
      }
      enteredByExit.put(exit, ticker.getAsLong());
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The stream said who it is, or ended. */
  public void leave(Consumer<Status> exit) {
    lock.lock();
    try {
      enteredByExit.remove(exit);
    } finally {
      lock.unlock();
    }
  }

  /** Ends the streams that took too long. */
  public void sweep() {
    List<Consumer<Status>> late;
    lock.lock();
    try {
      long now = ticker.getAsLong();
      late =
          enteredByExit.entrySet().stream()
              .filter(entry -> now - entry.getValue() > patience.toNanos())
              .map(Map.Entry::getKey)
              .toList();
      late.forEach(enteredByExit::remove);
    } finally {
      lock.unlock();
    }
    late.forEach(exit -> exit.accept(Status.DEADLINE_EXCEEDED.withDescription("no greeting came")));
  }
}
