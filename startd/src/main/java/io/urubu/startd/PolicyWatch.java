package io.urubu.startd;

import io.urubu.startd.agent.SlotAgent;
import io.urubu.startd.machine.SlotView;
import io.urubu.startd.sensors.Sensors;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Has every slot ask its owner's policy: at once when somebody types or the simulated owner comes
 * or goes, and every second besides. It waits for nobody: neither for a slot, nor for a disk, nor
 * for the network.
 */
final class PolicyWatch {
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Duration ANSWER = Duration.ofSeconds(3);

  private final Sensors sensors;
  private final Readiness readiness;
  private final SlotBoard board;
  private final SimulatedOwner owner;
  private final Semaphore wakes = new Semaphore(0);
  private final CountDownLatch closing = new CountDownLatch(1);

  PolicyWatch(Sensors sensors, Readiness readiness, SlotBoard board, SimulatedOwner owner) {
    this.sensors = sensors;
    this.readiness = readiness;
    this.board = board;
    this.owner = owner;
  }

  void start() {
    sensors.onInput(this::wake);
    Thread.ofPlatform().daemon().name("policy").start(this::watch);
    Thread.ofPlatform().daemon().name("slow-sensors").start(this::watchSlowly);
  }

  /** Lets the policy be asked at once. */
  void wake() {
    wakes.release();
  }

  private void watch() {
    try {
      while (closing.getCount() > 0) {
        readiness.sense();
        board.agents().forEach(SlotAgent::look);
        if (wakes.tryAcquire(PERIOD.toNanos(), TimeUnit.NANOSECONDS)) {
          wakes.drainPermits();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void watchSlowly() {
    try {
      do {
        sensors.readSlow();
      } while (!closing.await(Sensors.slowPeriod().toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the simulated owner is there; empty when the owner is a real one. */
  Optional<Boolean> simulatedOwner() {
    return sensors.simulated();
  }

  /**
   * The simulated owner comes or goes. The slots act before the disk knows.
   *
   * @param after gets each slot as it is then
   */
  void simulate(boolean active, Consumer<SlotView> after) throws IOException, InterruptedException {
    sensors.simulate(active);
    readiness.sense();
    var looks = board.agents().stream().map(SlotAgent::lookAndTell).toList();
    owner.store(active);
    for (CompletableFuture<SlotView> look : looks) {
      try {
        after.accept(look.get(ANSWER.toNanos(), TimeUnit.NANOSECONDS));
      } catch (ExecutionException | TimeoutException e) {
        throw new IOException("a slot is too busy to answer; it obeys when it can", e);
      }
    }
  }

  void close() {
    closing.countDown();
    wake();
    sensors.close();
  }
}
