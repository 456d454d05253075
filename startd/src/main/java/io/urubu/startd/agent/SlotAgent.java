package io.urubu.startd.agent;

import io.urubu.classad.ClassAd;
import io.urubu.protocol.id.RunRef;
import io.urubu.startd.claim.Wiring;
import io.urubu.startd.machine.Sight;
import io.urubu.startd.machine.SlotView;
import io.urubu.startd.slot.Claim;
import io.urubu.startd.slot.SlotEvent;
import io.urubu.startd.slot.SlotState;
import io.urubu.startd.slot.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
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
  private final BlockingDeque<Mail> mailbox = new LinkedBlockingDeque<>(LONGEST_QUEUE);
  private final CountDownLatch drained = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile SlotView view;

  /** A look that is asked for and not done yet. */
  private final AtomicReference<CompletableFuture<SlotView>> awaitedLook =
      new AtomicReference<>(
          CompletableFuture.failedFuture(new IllegalStateException("nobody asked yet")));

  private @Nullable Sight lastSight;

  /** What the slot is to deal with. */
  private sealed interface Mail {
    /** From that claim link or, with null, from elsewhere. */
    record Event(@Nullable Object link, SlotEvent event) implements Mail {}

    /** The owner's policy is to be asked. */
    record Look(CompletableFuture<SlotView> done) implements Mail {}
  }

  public SlotAgent(int number, SlotState restored, Surroundings surroundings) {
    this.number = number;
    this.surroundings = surroundings;
    this.memory = new SlotMemory("slot" + number, surroundings.state());
    this.actions = new SlotActions(surroundings, side(), this::postFrom);
    this.view = new SlotView(number, restored, surroundings.clock().instant());
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
        return surroundings.outlook().ad(view);
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
    put(new Mail.Event(null, event));
  }

  private void postFrom(Object link, SlotEvent event) {
    put(new Mail.Event(link, event));
  }

  /** Has the slot ask its owner's policy, before anything else that it has to do. Never waits. */
  public void look() {
    var _ = lookAndTell();
  }

  /**
   * As {@link #look}.
   *
   * @return the slot as it is then; failed when the slot has too much to do
   */
  public CompletableFuture<SlotView> lookAndTell() {
    CompletableFuture<SlotView> fresh = new CompletableFuture<>();
    CompletableFuture<SlotView> awaited =
        awaitedLook.updateAndGet(open -> open.isDone() ? fresh : open);
    if (awaited == fresh && !mailbox.offerFirst(new Mail.Look(fresh))) {
      fresh.completeExceptionally(new IllegalStateException("the slot is too busy"));
    }
    return awaited;
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
      // A slot that was restored knows first whether its owner has come meanwhile.
      ask();
      while (stopped.getCount() > 0) {
        deal(mailbox.poll(untilDue().toNanos(), TimeUnit.NANOSECONDS));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void deal(@Nullable Mail mail) {
    switch (mail) {
      case null -> handle(new SlotEvent.Tick());
      case Mail.Look(var done) -> {
        // What changes from now on is worth another look.
        awaitedLook.compareAndSet(done, CompletableFuture.completedFuture(view));
        ask();
        done.complete(view);
      }
      case Mail.Event(var link, var event) -> {
        if (link == null || actions.isCurrent(link)) {
          handle(event);
        }
      }
    }
  }

  private void ask() {
    Sight sight = surroundings.outlook().look(view);
    lastSight = sight;
    handle(new SlotEvent.PolicySaw(sight.values()));
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
    actions.performUrgent(step.actions());
    if (!memory.store(step.next()) && actions.refuseUnstored(before, event, step)) {
      return;
    }
    enter(before, event, step);
    actions.performOthers(step.actions());
    if (event instanceof SlotEvent.RunLeft(var run, _)) {
      before.heldClaim().ifPresent(c -> surroundings.starters().acknowledge(c.user(), run));
    }
    if (step.next() instanceof SlotState.Drained) {
      drained.countDown();
    }
  }

  private void enter(SlotState before, SlotEvent event, Step step) {
    SlotState next = step.next();
    boolean isNewState = !before.stateName().equals(next.stateName());
    boolean isNewActivity = isNewState || !before.activityName().equals(next.activityName());
    boolean isNewRun = !before.held().equals(next.held());
    Instant now = surroundings.clock().instant();
    SlotView entered = view.enter(next, now);
    if (isNewRun && event instanceof SlotEvent.ActivateAsked(var activation, _)) {
      entered = entered.withJob(activation.jobAd());
    }
    if (event instanceof SlotEvent.Checkpointed(var run)
        && next.held().filter(run::equals).isPresent()) {
      entered = entered.checkpointed(now);
    }
    view = entered;
    if (isNewActivity) {
      logChange(before, next, cause(event, step));
    }
    if (isNewActivity || isNewRun) {
      surroundings.changed().run();
    }
    // A policy that contradicts itself must not spin.
    if (isNewActivity && !(event instanceof SlotEvent.PolicySaw)) {
      look();
    }
  }

  private String cause(SlotEvent event, Step step) {
    Sight sight = lastSight;
    return step.rule().isPresent() && sight != null
        ? surroundings.outlook().grounds(step.rule().get(), sight)
        : Causes.of(event);
  }

  private void logChange(SlotState before, SlotState next, String cause) {
    log.atInfo()
        .addKeyValue("slot", surroundings.machine().slotName(number))
        .addKeyValue("from", before.stateName() + "/" + before.activityName())
        .addKeyValue("to", next.stateName() + "/" + next.activityName())
        .addKeyValue("cause", cause)
        .addKeyValue("run", next.held().or(before::held).map(RunRef::toString).orElse("-"))
        .log("slot changed");
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
