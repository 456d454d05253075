package io.urubu.cli.demo;

import io.urubu.cli.pool.PersonalPool;
import io.urubu.cli.pool.PoolFailure;
import io.urubu.cli.pool.Progress;
import io.urubu.cli.pool.Trees;
import io.urubu.cli.session.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A pool of three workstations in a folder of its own. First six jobs run and their results are
 * compared with the known ones; then programs are moved from workstation to workstation by owners
 * who come back, and their outputs are compared with those of uninterrupted runs. Then everything
 * is taken down again.
 */
final class Demo {
  private static final int WORKSTATIONS = 3;

  private final Session session;
  private final Progress progress;

  Demo(Session session, Progress progress) {
    this.session = session;
    this.progress = progress;
  }

  /** True when every job ran and every result is right. */
  boolean run() throws IOException {
    Path folder = Files.createTempDirectory("urubu-demo-");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Map<String, String> environment = new HashMap<>(session.environment());
    environment.put("URUBU_POOL", folder.resolve("pool").toString());
    PersonalPool pool = PersonalPool.in(folder.resolve("pool"), progress, environment);
    Thread interrupted = new Thread(() -> takeDown(pool), "interrupted");
    Runtime.getRuntime().addShutdownHook(interrupted);
    boolean right = false;
    try {
      progress.step("a pool of " + WORKSTATIONS + " workstations in " + folder);
      configure(folder.resolve("pool/conf/conf.d"));
      pool.up(OptionalInt.of(WORKSTATIONS));
      right = acts(new PoolDesk(session, environment), folder);
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

  /** Nobody wants to watch a job stand still for long. */
  private static void configure(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("demo.conf"), "MaxSuspendTime = 2\n");
  }

  /** For a person who presses Ctrl-C. */
  private static void takeDown(PersonalPool pool) {
    try {
      pool.down();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean acts(PoolDesk desk, Path folder) throws IOException {
    Timeline timeline = new Timeline(progress);
    try {
      boolean right = new Tour(desk, timeline).run(folder.resolve("tour"));
      List<Traveller> travellers = new Travellers(desk, progress).find(folder);
      for (Traveller traveller : travellers) {
        right &=
            new Move(desk, timeline, traveller).run(folder.resolve("work-" + traveller.name()));
      }
      return right;
    } catch (PoolFailure e) {
      progress.step("FAILED: " + e.getMessage());
      return false;
    }
  }
}
