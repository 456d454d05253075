package io.urubu.schedd;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Waits for conditions, with a bound. */
final class Eventually {
  private static final long BOUND_NANOS = TimeUnit.SECONDS.toNanos(20);

  private Eventually() {}

  static void isTrue(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + BOUND_NANOS;
    CountDownLatch never = new CountDownLatch(1);
    while (!condition.call()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("still not so: " + what);
      }
      never.await(10, TimeUnit.MILLISECONDS);
    }
  }

  /** The next message of the kind; others before it are dropped. */
  static <T> T next(BlockingQueue<T> messages, String what, Predicate<T> kind)
      throws InterruptedException {
    long end = System.nanoTime() + BOUND_NANOS;
    while (true) {
      T message = messages.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (message == null) {
        throw new AssertionError("did not come: " + what);
      }
      if (kind.test(message)) {
        return message;
      }
    }
  }
}
