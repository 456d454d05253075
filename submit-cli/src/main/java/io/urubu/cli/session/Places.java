package io.urubu.cli.session;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where a pool keeps its things.
 *
 * @param config the main configuration file
 * @param state what must outlive a restart
 * @param run what is gone after a stop
 * @param log one folder for each daemon
 */
public record Places(Path config, Path state, Path run, Path log) {
  private static final String POOL = "URUBU_POOL";

  /**
   * The pool that a person means: the folder in {@code URUBU_POOL}; else root's in the system's
   * places; else one's own in the XDG folders.
   */
  public static Places of(Map<String, String> environment, long uid) {
    String folder = environment.getOrDefault(POOL, "");
    if (!folder.isEmpty()) {
      return in(Path.of(folder).toAbsolutePath().normalize());
    }
    if (uid == 0) {
      return new Places(
          Path.of("/etc/urubu/urubu.conf"),
          Path.of("/var/lib/urubu"),
          Path.of("/run/urubu"),
          Path.of("/var/log/urubu"));
    }
    Path home = Path.of(environment.getOrDefault("HOME", "/tmp/urubu-home-" + uid));
    Path config = xdg(environment, "XDG_CONFIG_HOME", home.resolve(".config"));
    Path state = xdg(environment, "XDG_STATE_HOME", home.resolve(".local/state"));
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    Path run = runtime.isEmpty() ? Path.of("/tmp/urubu-" + uid) : Path.of(runtime, "urubu");
    return new Places(config.resolve("urubu.conf"), state, run, state.resolve("log"));
  }

  /** A pool with everything below one folder. */
  public static Places in(Path folder) {
    return new Places(
        folder.resolve("conf/urubu.conf"),
        folder.resolve("state"),
        folder.resolve("run"),
        folder.resolve("log"));
  }

  private static Path xdg(Map<String, String> environment, String variable, Path standard) {
    String value = environment.getOrDefault(variable, "");
    return (value.isEmpty() ? standard : Path.of(value)).resolve("urubu");
  }

  public Path execute(String workstation) {
    return state.resolve("execute").resolve(workstation);
  }

  public Path identity(String daemon) {
    return state.resolve("identity").resolve(daemon + ".pem");
  }

  public Path passwordFile() {
    return state.resolve("database").resolve("password");
  }
}
