package io.urubu.schedd.shadows;

import io.urubu.command.launch.JavaProcess;
import io.urubu.command.presence.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where shadows live on this host, and how they are called.
 *
 * @param configFile the pool's configuration
 */
public record ShadowPlaces(Path configFile, Path java, Path lib, Path spool, Path run, Path log) {
  private static final int HEAP_MEGABYTES = 128;

  public Path stateFolder(String account) {
    return spool.resolve("shadow").resolve(account);
  }

  public RunFolder runFolder(String account) {
    return RunFolder.of(run, "shadow-" + account);
  }

  public Path logFile(String account) {
    return log.resolve("shadow-" + account + ".log");
  }

  /** The command line of a user's shadow. */
  public List<String> command(String account, String user) throws IOException {
    List<String> arguments =
        List.of(
            "--config", configFile.toString(), "--local-name", "shadow-" + account, "--user", user);
    return new JavaProcess(java, lib, HEAP_MEGABYTES, stateFolder(account))
        .withFullCompiler()
        .module("shadow", arguments);
  }
}
