package io.urubu.shadow.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class RunGateTest {
  private final RunGate gate = new RunGate();

  @Test
  void shutGateLetsNobodyInAndEndsTheCalls() throws InterruptedException {
    AtomicInteger ended = new AtomicInteger();
    assertThat(gate.register(ended::incrementAndGet)).isTrue();
    assertThat(gate.enter()).isTrue();

    gate.shut();
    gate.shut();

    assertThat(ended).hasValue(1);
    assertThat(gate.enter()).isFalse();
    assertThat(gate.register(ended::incrementAndGet)).isFalse();
    assertThat(gate.awaitEmpty(Duration.ofMillis(1))).isFalse();
  }

  @Test
  void whoWaitsIsWokenByTheLastThatLeaves() throws InterruptedException {
    gate.enter();
    gate.enter();
    gate.shut();
    CountDownLatch empty = new CountDownLatch(1);
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                if (gate.awaitEmpty(Duration.ofSeconds(20))) {
                  empty.countDown();
                }
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            });

    gate.leave();
    assertThat(empty.getCount()).isEqualTo(1);
    gate.leave();

    assertThat(empty.await(20, TimeUnit.SECONDS)).isTrue();
  }
}
