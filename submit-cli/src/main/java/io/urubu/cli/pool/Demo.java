package io.urubu.cli.pool;

import io.urubu.cli.session.Places;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A pool of two workstations in a folder of its own runs six real jobs, whose results are compared
 * with the known ones; then everything is taken down again.
 */
final class Demo {
  private static final int WORKSTATIONS = 2;
  private static final int JOBS = 6;
  private static final String EXAMPLE = "tour";
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final long SUBMIT_SECONDS = 60;

  private final Host host;
  private final Progress progress;
  private final Map<String, String> environment;

  Demo(Host host, Progress progress, Map<String, String> environment) {
    this.host = host;
    this.progress = progress;
    this.environment = new HashMap<>(environment);
  }

  /** True when every job ran and every result is right. */
  boolean run() throws IOException {
    Path folder = Files.createTempDirectory("urubu-demo-");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    environment.put("URUBU_POOL", folder.resolve("pool").toString());
    PersonalPool pool =
        new PersonalPool(Places.in(folder.resolve("pool")), host, progress, environment);
    Thread interrupted = new Thread(() -> takeDown(pool), "interrupted");
    Runtime.getRuntime().addShutdownHook(interrupted);
    boolean right = false;
    try {
      progress.step("a pool of " + WORKSTATIONS + " workstations in " + folder);
      pool.up(OptionalInt.of(WORKSTATIONS));
      right = runJobs(pool, folder.resolve("work"));
    } finally {
      pool.down();
      Runtime.getRuntime().removeShutdownHook(interrupted);
      if (right) {
        Trees.delete(folder);
      } else {
        progress.step("the pool's files are kept in " + folder + " (logs: pool/log)");
      }
    }
    return right;
  }

  /** For a person who presses Ctrl-C. */
  private static void takeDown(PersonalPool pool) {
    try {
      pool.down();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean runJobs(PersonalPool pool, Path work) throws IOException {
    Path example = PoolRuntime.own().lib().resolveSibling("examples").resolve(EXAMPLE);
    copy(example, work);
    submit(work);
    Path schedd = pool.places().run().resolve(Member.SCHEDD).resolve("command.sock");
    if (!new Timeline(schedd, progress).followToTheEnd(JOBS, LIMIT)) {
      progress.step("not every job ended well within " + LIMIT.toSeconds() + " s");
      return false;
    }
    return compare(work);
  }

  private void submit(Path work) throws IOException {
    PoolRuntime own = PoolRuntime.own();
    List<String> command = new ArrayList<>();
    command.add(own.java().toString());
    command.addAll(List.of("-cp", own.lib() + "/*", "io.urubu.cli.Main"));
    command.addAll(List.of("submit", EXAMPLE + ".sub"));
    Map<String, String> all = new HashMap<>(environment);
    Programs.Ended ended = Programs.runIn(work, all, command, SUBMIT_SECONDS);
    ended.output().lines().forEach(progress::step);
    if (ended.status() != 0) {
      throw new PoolFailure("the jobs were not submitted");
    }
  }

  private boolean compare(Path work) throws IOException {
    int right = 0;
    try (DirectoryStream<Path> expected = Files.newDirectoryStream(work.resolve("expected"))) {
      for (Path known : expected) {
        Path result = work.resolve(known.getFileName());
        if (Files.exists(result) && Files.mismatch(known, result) == -1) {
          right++;
          progress.step("right: " + Files.readAllLines(result).getFirst());
        } else {
          progress.step("WRONG: " + result + " differs from " + known);
        }
      }
    }
    progress.step(right + " of " + JOBS + " results are the known ones");
    return right == JOBS;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
