package io.urubu.cli.demo;

import io.urubu.cli.pool.PoolFailure;
import io.urubu.cli.pool.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;

/** When a job stopped, as the kernel counts its CPU time: no daemon's word is taken for it. */
final class Standstill {
  private static final Duration STEP = Duration.ofMillis(1);
  private static final Duration QUIET = Duration.ofMillis(300);

  private final long pid;
  private long cpu;
  private long lastGain;

  private Standstill(long pid, long cpu, long since) {
    this.pid = pid;
    this.cpu = cpu;
    this.lastGain = since;
  }

  /**
   * Waits until the process that computes most below a startd gains no CPU time any more.
   *
   * @param since the nanoseconds of the clock when it was to stop
   * @return from then to the last gain that was seen
   */
  static Duration await(long startd, long since, Duration limit) throws IOException {
    long pid = busiest(startd);
    Standstill watch = new Standstill(pid, cpu(pid), since);
    if (!Waiting.until(limit, STEP, watch::isQuiet)) {
      throw new PoolFailure(
          "process " + pid + " was not stopped within " + limit.toSeconds() + " s");
    }
    return Duration.ofNanos(watch.lastGain - since);
  }

  /** Starters are the startd's children; what lies below them belongs to jobs. */
  private static long busiest(long startd) {
    return ProcessHandle.of(startd).stream()
        .flatMap(ProcessHandle::children)
        .flatMap(ProcessHandle::descendants)
        .map(ProcessHandle::pid)
        .max(Comparator.comparingLong(Standstill::cpu))
        .orElse(-1L);
  }

  private boolean isQuiet() {
    long now = System.nanoTime();
    long next = cpu(pid);
    if (next > cpu) {
      cpu = next;
      lastGain = now;
    }
    return now - lastGain > QUIET.toNanos();
  }

  /** CPU time so far, in the kernel's finest unit; nothing for a process that is gone. */
  private static long cpu(long pid) {
    Path process = Path.of("/proc", Long.toString(pid));
    try {
      return Long.parseLong(Files.readString(process.resolve("schedstat")).split(" ", 2)[0]);
    } catch (IOException | NumberFormatException _) {
      return ticks(process.resolve("stat"));
    }
  }

  private static long ticks(Path stat) {
    try {
      String text = Files.readString(stat);
      String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
      return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    } catch (IOException | NumberFormatException _) {
      return 0;
    }
  }
}
