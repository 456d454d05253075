package io.urubu.cli.pool;

import io.urubu.cli.session.Session;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "up",
    description = "Starts a pool on this host, or what of it has died.",
    mixinStandardHelpOptions = true)
public final class UpCommand implements Callable<Integer> {
  private static final int MAX_WORKSTATIONS = 64;

  private final Session session;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--workstations",
      paramLabel = "N",
      description = "How many workstations (default: as many as the last time, or 2).")
  private @Nullable Integer workstations;

  public UpCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    if (workstations != null && (workstations < 0 || workstations > MAX_WORKSTATIONS)) {
      throw new ParameterException(
          spec.commandLine(),
          "--workstations is %d, allowed are 0 to %d".formatted(workstations, MAX_WORKSTATIONS));
    }
    PersonalPool pool = PersonalPool.of(session);
    pool.up(workstations == null ? OptionalInt.empty() : OptionalInt.of(workstations));
    return 0;
  }
}
