package io.urubu.daemon.process;

import io.urubu.command.presence.RunFolder;
import io.urubu.config.Config;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What a daemon is given when it starts.
 *
 * @param name the daemon's local name, by which its run folder and log are called
 * @param config the configuration as seen under that name
 * @param runFolder {@code RUN/<name>}
 * @param options what stood on the command line beside the common arguments, by name without dashes
 * @param environment the process's environment
 * @param stdin where short-lived identities come from
 * @param clock the time of day
 * @param ticker nanoseconds that go on while the machine is suspended or its clock is set; for
 *     durations
 * @param fatal ends the process at once
 * @param stop begins the daemon's orderly stop, as SIGTERM does
 */
public record DaemonContext(
    String name,
    Config config,
    Path runFolder,
    Map<String, String> options,
    Map<String, String> environment,
    InputStream stdin,
    InstantSource clock,
    LongSupplier ticker,
    FatalExit fatal,
    Runnable stop) {

  public DaemonContext {
    options = Map.copyOf(options);
    environment = Map.copyOf(environment);
  }

  /** An option of the command line, such as {@code user} for {@code --user alice@example.org}. */
  public Optional<String> option(String option) {
    return Optional.ofNullable(options.get(option));
  }

  /** An option that this daemon cannot do without. */
  public String required(String option) {
    return option(option)
        .orElseThrow(() -> new IllegalArgumentException("--" + option + " is missing"));
  }

  /** Lets others on this host find the daemon's server. */
  public void publishAddress(String hostPort) throws IOException {
    new RunFolder(runFolder).publish("address", hostPort);
  }
}
