package io.urubu.startd.claim;

import io.urubu.protocol.claim.v1.ClaimRequest;
import io.urubu.startd.slot.Claim;
import io.urubu.startd.slot.Match;
import io.urubu.startd.slot.SlotEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A claim's connection to its schedd, over any number of streams: it dials again until it is told
 * to hang up. What it is given to send while no stream is open is lost; the slot's state says it
 * again when the schedd has granted the next stream.
 */
public final class ClaimLink {
  private static final Logger log = LoggerFactory.getLogger(ClaimLink.class);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Wiring wiring;
  private final Wiring.SlotSide slot;
  private final Consumer<SlotEvent> events;
  private final Target target;
  private final CountDownLatch hangingUp = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicReference<@Nullable ClaimStream> stream = new AtomicReference<>();
  private volatile Optional<String> released = Optional.empty();

  private ClaimLink(
      Wiring wiring, Wiring.SlotSide slot, Consumer<SlotEvent> events, Target target) {
    this.wiring = wiring;
    this.slot = slot;
    this.events = events;
    this.target = target;
  }

  /** Shows the match's ticket to the schedd. */
  public static ClaimLink offer(
      Wiring wiring, Wiring.SlotSide slot, Consumer<SlotEvent> events, Match match) {
    return start(new ClaimLink(wiring, slot, events, new Target(match)));
  }

  /** Takes up a claim that an earlier process held. */
  public static ClaimLink resume(
      Wiring wiring, Wiring.SlotSide slot, Consumer<SlotEvent> events, Claim claim) {
    return start(new ClaimLink(wiring, slot, events, new Target(claim)));
  }

  private static ClaimLink start(ClaimLink link) {
    Thread.ofVirtual().name("claim-" + link.slot.name()).start(link::run);
    return link;
  }

  /** Sends it on the open stream; lost when there is none. */
  public void send(ClaimRequest message) {
    ClaimStream open = stream.get();
    if (open != null) {
      open.send(message);
    }
  }

  /** Ends the link; with a reason, the claim is given back first. Does not wait. */
  public void hangUp(Optional<String> reason) {
    released = reason;
    hangingUp.countDown();
    ClaimStream open = stream.get();
    if (open != null) {
      open.wake();
    }
  }

  /** Waits until the last word was sent; no longer than that. */
  public boolean awaitEnd(Duration limit) throws InterruptedException {
    return ended.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** True when the last word was sent. */
  public boolean hasEnded() {
    return ended.getCount() == 0;
  }

  private void run() {
    try {
      Duration pause = FIRST_PAUSE;
      boolean isFirst = true;
      while (!isHangingUp()) {
        Optional<String> address =
            isFirst ? target.address() : wiring.locate().apply(target.schedd()).or(target::address);
        boolean wasGranted = address.isPresent() && serve(address.get());
        isFirst = wasGranted;
        pause = wasGranted ? FIRST_PAUSE : pause;
        long nanos = (long) (pause.toNanos() * (0.5 + wiring.random().nextDouble()));
        if (hangingUp.await(nanos, TimeUnit.NANOSECONDS)) {
          return;
        }
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                ? pause.multipliedBy(2)
                : LONGEST_PAUSE;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      ended.countDown();
    }
  }

  /** True when the schedd granted the claim on this stream. */
  private boolean serve(String address) throws InterruptedException {
    ClaimStream open;
    try {
      open = new ClaimStream(wiring, slot, target, address, this::post);
    } catch (IllegalArgumentException e) {
      log.atWarn().addKeyValue("slot", slot.name()).setCause(e).log("a schedd without an address");
      return false;
    }
    stream.set(open);
    try {
      open.dial();
      open.serve(hangingUp);
      if (isHangingUp()) {
        open.leave(released);
      }
      return open.wasGranted();
    } finally {
      stream.set(null);
      open.close();
    }
  }

  private void post(SlotEvent event) {
    if (!isHangingUp()) {
      events.accept(event);
    }
  }

  private boolean isHangingUp() {
    return hangingUp.getCount() == 0;
  }
}
