package io.urubu.cli.demo;

import io.urubu.cli.pool.Progress;
import java.time.Duration;
import java.util.Locale;

/** Tells what happens, each line with the time since the beginning. */
final class Timeline {
  private final Progress progress;
  private final long start = System.nanoTime();

  Timeline(Progress progress) {
    this.progress = progress;
  }

  /** A line with the time. */
  void at(String what) {
    progress.step("%6.1f s  %s".formatted((System.nanoTime() - start) / 1e9, what));
  }

  /** A line without the time. */
  void say(String what) {
    progress.step(what);
  }

  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.2f s", time.toMillis() / 1e3);
  }
}
