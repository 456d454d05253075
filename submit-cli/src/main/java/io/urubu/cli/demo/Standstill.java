package io.urubu.cli.demo;

import io.urubu.cli.pool.PoolFailure;
import io.urubu.cli.pool.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** When a job stopped, as the kernel counts its CPU time: no daemon's word is taken for it. */
final class Standstill {
  private static final Duration STEP = Duration.ofMillis(1);
  private static final Duration QUIET = Duration.ofMillis(300);

  /** What is expected to stop the job. */
  @FunctionalInterface
  interface Cause {
    void happen() throws IOException;
  }

  private final long pid;
  private long cpu;
  private long lastGain;

  private Standstill(long pid) {
    this.pid = pid;
    this.cpu = cpu(pid);
    this.lastGain = System.nanoTime();
  }

  /**
   * Lets something happen and waits until the process that computes most below a startd gains no
   * CPU time any more.
   *
   * @return from when it was let happen to the last gain that was seen
   */
  static Duration after(Cause cause, long startd, Duration limit) throws IOException {
    Standstill watch = new Standstill(busiest(startd));
    long since = System.nanoTime();
    FutureTask<Void> happening =
        new FutureTask<>(
            () -> {
              cause.happen();
              return null;
            });
    // Beside the watch: a job that stops while the answer is on its way is to be seen stopping.
    Thread.ofVirtual().start(happening);
    boolean quiet = Waiting.until(limit, STEP, () -> watch.isQuiet() && happening.isDone());
    if (!quiet) {
      throw new PoolFailure(
          "process %d was not stopped within %d s".formatted(watch.pid, limit.toSeconds()));
    }
    complete(happening);
    return Duration.ofNanos(Math.max(0, watch.lastGain - since));
  }

  private static void complete(FutureTask<Void> done) throws IOException {
    try {
      done.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
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
