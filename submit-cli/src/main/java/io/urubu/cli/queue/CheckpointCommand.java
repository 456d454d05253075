package io.urubu.cli.queue;

import io.urubu.cli.session.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "checkpoint",
    description = "Shows what jobs can go on from, or saves them now.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class CheckpointCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private CheckpointCommand() {}

  /** The command with its subcommands. */
  public static CommandLine line(Session session) {
    return new CommandLine(new CheckpointCommand())
        .addSubcommand("list", new CheckpointListCommand(session))
        .addSubcommand("take", new JobActionCommand.Checkpoint(session));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "list or take is missing");
  }
}
