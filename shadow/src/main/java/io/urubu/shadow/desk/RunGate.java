package io.urubu.shadow.desk;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Through it goes every read and write that a starter asks for. Once shut it lets nobody in, and
 * one can wait until the last that was inside has come out.
 */
public final class RunGate {
  private static final int MAX_CALLS = 256;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition empty = lock.newCondition();

  /** Guarded by lock. */
  private final Set<Runnable> calls = new LinkedHashSet<>();

  /** Guarded by lock. */
  private int inside;

  /** Guarded by lock. */
  private boolean isShut;

  /** False when the gate is shut; otherwise {@link #leave} must follow. */
  public boolean enter() {
    lock.lock();
    try {
      if (isShut) {
        return false;
      }
      inside++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  public void leave() {
    lock.lock();
    try {
      if (--inside == 0) {
        empty.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Has a call ended when the gate is shut; false when it is shut already, or calls are too many.
   */
  public boolean register(Runnable end) {
    lock.lock();
    try {
      return !isShut && calls.size() < MAX_CALLS && calls.add(end);
    } finally {
      lock.unlock();
    }
  }

  public void unregister(Runnable end) {
    lock.lock();
    try {
      calls.remove(end);
    } finally {
      lock.unlock();
    }
  }

  /** Lets nobody in from now on and ends the calls. May be called again. */
  void shut() {
    List<Runnable> ended;
    lock.lock();
    try {
      isShut = true;
      ended = List.copyOf(calls);
      calls.clear();
    } finally {
      lock.unlock();
    }
    ended.forEach(Runnable::run);
  }

  /** True when nobody is inside any more, within the limit. */
  boolean awaitEmpty(Duration limit) throws InterruptedException {
    long left = limit.toNanos();
    lock.lock();
    try {
      while (inside > 0 && left > 0) {
        left = empty.awaitNanos(left);
      }
      return inside == 0;
    } finally {
      lock.unlock();
    }
  }
}
