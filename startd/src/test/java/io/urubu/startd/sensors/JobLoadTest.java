package io.urubu.startd.sensors;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.startd.pool.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real processes that burn the processor, marked as a starter's or not. */
@Tag("module")
class JobLoadTest {

  private static Process burner(String mark) throws Exception {
    // The child of a child, which has lost the mark, still counts.
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", "env -i sh -c 'while :; do :; done' & wait");
    if (!mark.isEmpty()) {
      builder.environment().put("URUBU_STARTER_FOLDER", mark);
    }
    return builder.start();
  }

  private static void end(Process process) throws Exception {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }

  @Test
  void onlyWhatAStarterStartedCounts() throws Exception {
    JobProcesses ours =
        new JobProcesses(Path.of("/proc"), "URUBU_STARTER_FOLDER=/tmp/load-test-a/");
    Process job = burner("/tmp/load-test-a/s1");
    Process foreign = burner("/tmp/load-test-b/s1");
    try {
      Await.until("the job runs", () -> ours.usage().runnable() == 1);
      long before = ours.usage().ticks();
      Await.until("the job uses the processor", () -> ours.usage().ticks() > before + 10);
      assertThat(ours.usage().runnable()).isEqualTo(1);
    } finally {
      end(job);
      end(foreign);
    }
    Await.until("nothing is left", () -> ours.usage().runnable() == 0);
  }

  @Test
  void theAverageRisesAndDecaysAsTheKernelsDoes() throws Exception {
    AtomicLong ticker = new AtomicLong();
    JobLoad load =
        new JobLoad(
            new JobProcesses(Path.of("/proc"), "URUBU_STARTER_FOLDER=/tmp/load-test-c/"),
            ticker::get);
    Process job = burner("/tmp/load-test-c/s1");
    try {
      JobProcesses seen =
          new JobProcesses(Path.of("/proc"), "URUBU_STARTER_FOLDER=/tmp/load-test-c/");
      Await.until("the job runs", () -> seen.usage().runnable() == 1);
      for (int sample = 0; sample <= 12; sample++) {
        load.sample();
        ticker.addAndGet(Duration.ofSeconds(5).toNanos());
      }
      // One minute of one runnable thread: 1 - 1/e.
      assertThat(load.average()).isBetween(0.60, 0.66);
    } finally {
      end(job);
    }
    double high = load.average();
    ticker.addAndGet(Duration.ofSeconds(60).toNanos());
    load.sample();
    assertThat(load.average()).isLessThan(high * 0.4 + 0.05);
  }
}
