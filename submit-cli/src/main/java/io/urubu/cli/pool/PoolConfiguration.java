package io.urubu.cli.pool;

import io.urubu.cli.session.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * The main configuration file of a personal pool: made from its places; the owner's own settings
 * stand beside it in conf.d.
 */
final class PoolConfiguration {
  private static final int MEGABYTE = 1 << 20;

  private final Places places;
  private final Host host;
  private final PoolRuntime runtime;

  PoolConfiguration(Places places, Host host, PoolRuntime runtime) {
    this.places = places;
    this.host = host;
    this.runtime = runtime;
  }

  void write(List<String> workstations) throws IOException {
    StringBuilder text = new StringBuilder(general());
    text.append(daemon(Member.MATCHMAKER)).append(daemon(Member.SCHEDD));
    if (host.isRoot()) {
      text.append(daemon(Member.SPAWNER));
    }
    for (String workstation : workstations) {
      text.append(daemon(workstation)).append(workstation(workstation, workstations.size()));
    }
    Path fresh = places.config().resolveSibling(".urubu.conf.new");
    Files.writeString(fresh, text);
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
    Files.move(
        fresh,
        places.config(),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private String general() {
    return """
        # Written by 'urubu up' at every start: changes here are lost. Put your own settings into conf.d/*.conf beside this file.
        POOL_NAME = personal pool of %1$s
        STATE = %2$s
        RUN = %3$s
        LOG = %4$s
        SPOOL = $(STATE)/spool
        LIB = %5$s
        JAVA = %6$s
        DATABASE_PASSWORD_FILE = %7$s
        ALLOW_SUBMIT = %1$s
        ALLOW_ADMINISTRATOR = %1$s
        USE_SPAWNER = %8$s
        use POLICY : Desktop
        OWNER_SIMULATOR = true
        """
        .formatted(
            host.account(),
            places.state(),
            places.run(),
            places.log(),
            runtime.lib(),
            runtime.java(),
            places.passwordFile(),
            host.isRoot());
  }

  /** Each daemon writes into folders of its own, since not all run under the same account. */
  private String daemon(String name) {
    return """

        %1$s.STATE = %2$s
        %1$s.LOG = %3$s
        %1$s.IDENTITY_FILE = %4$s
        """
            .formatted(
                name,
                places.state().resolve(name),
                places.log().resolve(name),
                places.identity(name))
        + "%s.SPOOL = %s%n".formatted(name, places.state().resolve("spool"));
  }

  /** The host's processors and memory are shared out evenly. */
  private String workstation(String name, int count) throws IOException {
    int processors = Math.max(1, Runtime.getRuntime().availableProcessors() / count);
    return """
        %1$s.EXECUTE = %2$s
        %1$s.NUM_SLOTS = %3$d
        %1$s.NUM_CPUS = %3$d
        %1$s.MEMORY = %4$d
        """
        .formatted(name, places.execute(name), processors, memoryMegabytes() / count);
  }

  private static long memoryMegabytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
      if (line.startsWith("MemTotal:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024 / MEGABYTE;
      }
    }
    throw new PoolFailure("/proc/meminfo does not tell the host's memory");
  }
}
