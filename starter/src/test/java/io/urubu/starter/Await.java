package io.urubu.starter;

import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition, with a bound. */
public final class Await {
  private static final long LIMIT_NANOS = 20_000_000_000L;
  private static final long LOOK_NANOS = 5_000_000;

  private Await() {}

  public static void until(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + LIMIT_NANOS;
    while (!condition.call()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("it did not come true within 20 s");
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
