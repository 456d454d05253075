package io.urubu.startd.starters;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one thing after the other, on a thread that is there while there is something to do. */
final class Lane {
  private static final Logger log = LoggerFactory.getLogger(Lane.class);

  private static final int LONGEST_QUEUE = 1024;
  private static final long THREAD_SECONDS = 5;

  private final ThreadPoolExecutor executor;

  Lane(String name) {
    this.executor =
        new ThreadPoolExecutor(
            1,
            1,
            THREAD_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(LONGEST_QUEUE),
            Thread.ofVirtual().name(name).factory());
    executor.allowCoreThreadTimeOut(true);
  }

  /** Something that takes time. */
  interface Deed {
    void perform() throws IOException, InterruptedException;
  }

  /** False when too much waits already. */
  boolean add(Deed deed) {
    try {
      executor.execute(() -> perform(deed));
      return true;
    } catch (RejectedExecutionException _) {
      return false;
    }
  }

  private static void perform(Deed deed) {
    try {
      deed.perform();
    } catch (IOException e) {
      log.atWarn().setCause(e).log("a step with a starter failed");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  boolean isFree() {
    return executor.getQueue().isEmpty();
  }

  boolean awaitFree(Duration limit) throws InterruptedException {
    CountDownLatch reached = new CountDownLatch(1);
    return add(reached::countDown) && reached.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }
}
