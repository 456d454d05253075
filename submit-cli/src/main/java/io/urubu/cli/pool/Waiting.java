package io.urubu.cli.pool;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for something outside this process that gives no signal, with a bound. */
public final class Waiting {
  private static final Duration STEP = Duration.ofMillis(20);

  private Waiting() {}

  /** A condition that may touch files and sockets. */
  @FunctionalInterface
  public interface Condition {
    boolean holds() throws IOException;
  }

  /** True as soon as the condition holds, false when it did not within the limit. */
  static boolean until(Duration limit, Condition condition) throws IOException {
    return until(limit, STEP, condition);
  }

  /** The same, looking once in every step. */
  public static boolean until(Duration limit, Duration step, Condition condition)
      throws IOException {
    long start = System.nanoTime();
    while (!condition.holds()) {
      if (System.nanoTime() - start > limit.toNanos() || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(step.toNanos());
    }
    return true;
  }
}
