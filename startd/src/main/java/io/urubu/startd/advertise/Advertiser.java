package io.urubu.startd.advertise;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the matchmaker informed: dials it, again whenever the stream breaks, and sends what
 * changed.
 */
public final class Advertiser implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Advertiser.class);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LOCATE_LIMIT = Duration.ofSeconds(3);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

  private final Wiring wiring;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Semaphore changes = new Semaphore(0);
  private final AtomicReference<@Nullable AdStream> stream = new AtomicReference<>();

  public Advertiser(Wiring wiring) {
    this.wiring = wiring;
  }

  /** Advertises from now on. */
  public void start() {
    Thread.ofVirtual().name("advertise").start(this::run);
  }

  /** An ad may have changed. */
  public void changed() {
    changes.release();
  }

  /** Asks the matchmaker where that schedd is; empty when it does not know or is not there. */
  public Optional<String> locate(String schedd) {
    AdStream open = stream.get();
    return open == null ? Optional.empty() : open.locate(schedd, LOCATE_LIMIT);
  }

  private void run() {
    try {
      Duration pause = FIRST_PAUSE;
      while (closing.getCount() > 0) {
        Optional<String> address = wiring.address();
        boolean wasWelcome = address.isPresent() && serve(address.get());
        pause = wasWelcome ? FIRST_PAUSE : longer(pause);
        long nanos = (long) (pause.toNanos() * (0.5 + wiring.random().nextDouble()));
        if (closing.await(nanos, TimeUnit.NANOSECONDS)) {
          return;
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      ended.countDown();
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  /** True when the matchmaker greeted back. */
  private boolean serve(String address) throws InterruptedException {
    AdStream open;
    try {
      open = new AdStream(wiring, address, changes);
    } catch (IllegalArgumentException e) {
      log.atWarn().addKeyValue("address", address).setCause(e).log("the matchmaker has no address");
      return false;
    }
    stream.set(open);
    try {
      open.dial();
      open.serve(closing);
      return open.wasWelcome();
    } finally {
      stream.set(null);
      open.close();
    }
  }

  /** Withdraws the ads and ends the stream. */
  @Override
  public void close() {
    closing.countDown();
    changes.release();
    try {
      if (!ended.await(CLOSE_LIMIT.toNanos(), TimeUnit.NANOSECONDS)) {
        log.atDebug().log("the matchmaker did not take leave");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
