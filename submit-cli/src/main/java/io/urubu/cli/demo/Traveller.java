package io.urubu.cli.demo;

import io.urubu.cli.pool.PoolFailure;
import io.urubu.cli.pool.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A program that is moved while it works.
 *
 * @param name of its submit description in the examples, without the ending
 * @param title for people
 * @param program the file that is run
 * @param input what it works on
 */
record Traveller(String name, String title, Path program, Input input) {
  /** Where the sandbox looks for programs, so that the trial and the jobs run the same ones. */
  private static final String PATH = "/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin";

  private static final long LARGEST_TRIAL = 1_000_000;
  private static final Duration LONG_ENOUGH = Duration.ofMillis(600);
  private static final long TRIAL_SECONDS = 60;

  /** How many lines of input keep it at work for so long on this host. */
  long linesFor(Path folder, Duration time) throws IOException {
    long lines = input.trial();
    Duration took = trial(folder, lines);
    while (took.compareTo(LONG_ENOUGH) < 0 && lines < LARGEST_TRIAL) {
      lines *= 2;
      took = trial(folder, lines);
    }
    Duration again = trial(folder, lines);
    long least = Math.max(1, Math.min(took.toMillis(), again.toMillis()));
    return lines * time.toMillis() / least;
  }

  private Duration trial(Path folder, long lines) throws IOException {
    input.into(folder, lines);
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", PATH);
    List<String> command = new ArrayList<>();
    command.addAll(List.of(program.toString(), input.fileName(), "trial.out"));
    long start = System.nanoTime();
    Programs.Ended ended = Programs.runIn(folder, environment, command, TRIAL_SECONDS);
    long nanos = System.nanoTime() - start;
    if (ended.status() != 0) {
      throw new PoolFailure(program + " does not work here: " + ended.output());
    }
    Files.deleteIfExists(folder.resolve("trial.out"));
    return Duration.ofNanos(nanos);
  }
}
