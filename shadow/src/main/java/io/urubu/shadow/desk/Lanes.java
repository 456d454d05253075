package io.urubu.shadow.desk;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs tasks of the same key one after the other, of different keys side by side. */
public final class Lanes {
  private final Executor executor;
  private final Consumer<RuntimeException> trouble;
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by lock. A key is here while one of its tasks runs or waits. */
  private final Map<Object, ArrayDeque<Runnable>> waitingByKey = new HashMap<>();

  /**
   * @param trouble is told of a task that failed; the lane goes on
   */
  public Lanes(Executor executor, Consumer<RuntimeException> trouble) {
    this.executor = executor;
    this.trouble = trouble;
  }

  public void submit(Object key, Runnable task) {
    lock.lock();
    try {
      ArrayDeque<Runnable> waiting = waitingByKey.get(key);
      if (waiting != null) {
        waiting.add(task);
        return;
      }
      ArrayDeque<Runnable> fresh = new ArrayDeque<>();
      fresh.add(task);
      waitingByKey.put(key, fresh);
    } finally {
      lock.unlock();
    }
    executor.execute(() -> drain(key));
  }

  private void drain(Object key) {
    for (Runnable task = next(key); task != null; task = next(key)) {
      try {
        task.run();
      } catch (RuntimeException e) {
        trouble.accept(e);
      }
    }
  }

  private @Nullable Runnable next(Object key) {
    lock.lock();
    try {
      ArrayDeque<Runnable> waiting = waitingByKey.get(key);
      Runnable task = waiting == null ? null : waiting.poll();
      if (task == null) {
        waitingByKey.remove(key);
      }
      return task;
    } finally {
      lock.unlock();
    }
  }
}
