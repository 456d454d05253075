package io.urubu.pool;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for a condition of other processes, with a bound. */
final class Await {
  private static final CountDownLatch NEVER = new CountDownLatch(1);

  private Await() {}

  static void until(String what, Duration limit, Callable<Boolean> condition) throws Exception {
    long start = System.nanoTime();
    while (!condition.call()) {
      if (System.nanoTime() - start > limit.toNanos()) {
        throw new AssertionError("not within " + limit.toSeconds() + " s: " + what);
      }
      pause(Duration.ofMillis(50));
    }
  }

  /** Lets time pass in which something is meant to happen elsewhere. */
  static void pause(Duration duration) throws InterruptedException {
    if (NEVER.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException();
    }
  }
}
