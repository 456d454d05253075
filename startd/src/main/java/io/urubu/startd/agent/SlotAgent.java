package io.urubu.startd.agent;

import io.urubu.classad.ClassAd;
import io.urubu.protocol.id.RunRef;
import io.urubu.startd.claim.Wiring;
import io.urubu.startd.machine.SlotView;
import io.urubu.startd.slot.Claim;
import io.urubu.startd.slot.SlotEvent;
import io.urubu.startd.slot.SlotState;
import io.urubu.startd.slot.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One slot: takes one event after the other, stores the state that follows, then acts. Nothing here
 * waits for anybody else than the disk.
 */
public final class SlotAgent {
  private static final Logger log = LoggerFactory.getLogger(SlotAgent.class);

  private static final int LONGEST_QUEUE = 1024;

  private final int number;
  private final Surroundings surroundings;
  private final SlotMemory memory;
  private final SlotActions actions;
  private final BlockingQueue<Mail> mailbox = new LinkedBlockingQueue<>(LONGEST_QUEUE);
  private final CountDownLatch drained = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile SlotView view;

  /** An event, from that claim link or, with null, from elsewhere. */
  private record Mail(@Nullable Object link, SlotEvent event) {}

  public SlotAgent(int number, SlotState restored, Surroundings surroundings) {
    this.number = number;
    this.surroundings = surroundings;
    this.memory = new SlotMemory("slot" + number, surroundings.state());
    this.actions = new SlotActions(surroundings, side(), this::postFrom);
    Instant now = surroundings.clock().instant();
    this.view = new SlotView(number, restored, now, now);
  }

  /** Works from now on; a claim that was restored is taken up at its schedd. */
  public void start() {
    view.state().heldClaim().ifPresent(claim -> resume(claim));
    Thread.ofVirtual().name("slot" + number).start(this::run);
  }

  private void resume(Claim claim) {
    boolean isKnown =
        !(view.state() instanceof SlotState.Preempting preempting) || preempting.known();
    if (isKnown) {
      actions.resume(claim);
    }
  }

  private Wiring.SlotSide side() {
    return new Wiring.SlotSide() {
      @Override
      public String name() {
        return surroundings.machine().slotName(number);
      }

      @Override
      public ClassAd machineAd() {
        return surroundings.ad().apply(view);
      }

      @Override
      public Optional<RunRef> held() {
        return view.state().held();
      }

      @Override
      public Optional<String> refusal(ClassAd jobAd) {
        return surroundings.ads().refusal(machineAd(), jobAd);
      }
    };
  }

  /** Tells the slot what happened; waits while the slot has too much to do. */
  public void post(SlotEvent event) {
    put(new Mail(null, event));
  }

  private void postFrom(Object link, SlotEvent event) {
    put(new Mail(link, event));
  }

  private void put(Mail mail) {
    try {
      mailbox.put(mail);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** {@code slot1@ws1@host}. */
  public String name() {
    return surroundings.machine().slotName(number);
  }

  /** The slot as it is now. */
  public SlotView view() {
    return view;
  }

  private void run() {
    try {
      while (stopped.getCount() > 0) {
        Mail mail = mailbox.poll(untilDue().toNanos(), TimeUnit.NANOSECONDS);
        if (mail == null) {
          handle(new SlotEvent.Tick());
        } else if (mail.link() == null || actions.isCurrent(mail.link())) {
          handle(mail.event());
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration untilDue() {
    Duration retry = surroundings.retry();
    Duration due = view.state().due().map(at -> at.minus(surroundings.now())).orElse(retry);
    Duration wait = due.compareTo(retry) < 0 ? due : retry;
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  private void handle(SlotEvent event) {
    SlotState before = view.state();
    Step step = surroundings.decider().decide(before, event, surroundings.now());
    if (!memory.store(step.next()) && actions.refuseUnstored(before, event, step)) {
      return;
    }
    enter(before, step.next(), event);
    actions.perform(step.actions());
    if (event instanceof SlotEvent.RunLeft(var run, _)) {
      before.heldClaim().ifPresent(c -> surroundings.starters().acknowledge(c.user(), run));
    }
    if (step.next() instanceof SlotState.Drained) {
      drained.countDown();
    }
  }

  private void enter(SlotState before, SlotState next, SlotEvent event) {
    boolean isNewState = !before.stateName().equals(next.stateName());
    boolean isNewActivity = isNewState || !before.activityName().equals(next.activityName());
    Instant now = surroundings.clock().instant();
    view =
        new SlotView(
            number,
            next,
            isNewState ? now : view.enteredState(),
            isNewActivity ? now : view.enteredActivity());
    if (isNewActivity) {
      log.atInfo()
          .addKeyValue("slot", surroundings.machine().slotName(number))
          .addKeyValue("from", before.stateName() + "/" + before.activityName())
          .addKeyValue("to", next.stateName() + "/" + next.activityName())
          .addKeyValue("cause", Causes.of(event))
          .addKeyValue("run", next.held().or(before::held).map(RunRef::toString).orElse("-"))
          .log("slot changed");
    }
    if (isNewActivity || !before.held().equals(next.held())) {
      surroundings.changed().run();
    }
  }

  /** True when nothing is left in the slot and its claim is given back. */
  public boolean awaitDrained(Duration limit) throws InterruptedException {
    return drained.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Ends the slot's work; what it holds stays stored. */
  public void stop(Duration limit) throws InterruptedException {
    stopped.countDown();
    post(new SlotEvent.Tick());
    actions.close(limit);
  }
}
