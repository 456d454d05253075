package io.urubu.startd.sensors;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The load that the starters and all that descends from them make: an average that decays within a
 * minute as the kernel's does.
 */
final class JobLoad {
  private static final double DECAY_SECONDS = 60;

  private final JobProcesses processes;
  private final LongSupplier ticker;
  private long sampledAt;
  private long ticksBefore;
  private boolean isFirst = true;
  private volatile double average;

  JobLoad(JobProcesses processes, LongSupplier ticker) {
    this.processes = processes;
    this.ticker = ticker;
  }

  double average() {
    return average;
  }

  /** To be called every few seconds, by one thread. */
  void sample() throws IOException {
    JobProcesses.Usage usage = processes.usage();
    long now = ticker.getAsLong();
    if (!isFirst && now - sampledAt > 0) {
      double seconds = (now - sampledAt) / (double) TimeUnit.SECONDS.toNanos(1);
      double busy =
          Math.max(0, usage.ticks() - ticksBefore) / (JobProcesses.TICKS_A_SECOND * seconds);
      // Whoever waits for a processor counts in the kernel's figure, too.
      double weight = Math.exp(-seconds / DECAY_SECONDS);
      average = average * weight + Math.max(busy, usage.runnable()) * (1 - weight);
    }
    isFirst = false;
    sampledAt = now;
    ticksBefore = usage.ticks();
  }

  /** How often it is worth while. */
  static Duration period() {
    return Duration.ofSeconds(5);
  }
}
