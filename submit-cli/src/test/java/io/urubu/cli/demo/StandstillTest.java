package io.urubu.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
      assertThatThrownBy(() -> Standstill.await(startd, System.nanoTime(), Duration.ofSeconds(1)))
          .hasMessageContaining("process " + job + " was not stopped");

      long since = System.nanoTime();
      Thread stopper = Thread.ofVirtual().start(() -> stopAfter(Duration.ofMillis(700), job));
      Duration stop = Standstill.await(startd, since, Duration.ofSeconds(30));
      stopper.join();

      assertThat(stop).isBetween(Duration.ofMillis(300), Duration.ofSeconds(10));
    } finally {
      ProcessHandle.of(job).ifPresent(ProcessHandle::destroyForcibly);
      starter.destroyForcibly();
      assertThat(starter.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static void stopAfter(Duration time, long pid) {
    LockSupport.parkNanos(time.toNanos());
    try {
      int status = new ProcessBuilder("kill", "-STOP", Long.toString(pid)).start().waitFor();
      assertThat(status).isZero();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
