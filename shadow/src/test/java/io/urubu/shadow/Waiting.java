package io.urubu.shadow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** Everything that was heard, for tests that wait until something is among it. */
final class Waiting<T> {
  static final Duration LIMIT = Duration.ofSeconds(20);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final List<T> heard = new ArrayList<>();

  void add(T message) {
    lock.lock();
    try {
      heard.add(message);
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  List<T> all() {
    lock.lock();
    try {
      return List.copyOf(heard);
    } finally {
      lock.unlock();
    }
  }

  /** The first match that was not taken yet, removed from what was heard. */
  <R> R take(Function<T, Optional<R>> match) throws InterruptedException {
    return take(match, LIMIT)
        .orElseThrow(() -> new AssertionError("not heard in time; what came: " + all()));
  }

  <R> Optional<R> take(Function<T, Optional<R>> match, Duration limit) throws InterruptedException {
    long left = limit.toNanos();
    lock.lock();
    try {
      while (true) {
        for (int i = 0; i < heard.size(); i++) {
          Optional<R> found = match.apply(heard.get(i));
          if (found.isPresent()) {
            heard.remove(i);
            return found;
          }
        }
        if (left <= 0) {
          return Optional.empty();
        }
        left = more.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
