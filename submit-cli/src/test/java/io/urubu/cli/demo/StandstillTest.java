package io.urubu.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("module")
final class StandstillTest {
  @Test
  void theLastCpuTimeThatAJobGainsIsWhenItStopped() throws Exception {
    // Below this test's process stands a shell as the starter, and below that one that computes.
    Process starter =
        new ProcessBuilder("bash", "-c", "(while :; do :; done) & echo $!; wait").start();
    long job = Long.parseLong(starter.inputReader().readLine());
    long startd = ProcessHandle.current().pid();
    try {
      assertThatThrownBy(() -> Standstill.after(() -> {}, startd, Duration.ofSeconds(1)))
          .hasMessageContaining("process " + job + " was not stopped");

      Duration stop =
          Standstill.after(
              () -> stopAfter(Duration.ofMillis(700), job), startd, Duration.ofSeconds(30));

      assertThat(stop).isBetween(Duration.ofMillis(300), Duration.ofSeconds(10));
      assertThatThrownBy(
              () ->
                  Standstill.after(
                      () -> {
                        throw new IOException("no such owner");
                      },
                      startd,
                      Duration.ofSeconds(30)))
          .hasMessageContaining("no such owner");
    } finally {
      ProcessHandle.of(job).ifPresent(ProcessHandle::destroyForcibly);
      starter.destroyForcibly();
      assertThat(starter.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static void stopAfter(Duration time, long pid) throws IOException {
    LockSupport.parkNanos(time.toNanos());
    try {
      assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(pid)).start().waitFor())
          .isZero();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
