package io.urubu.cli.classad;

import io.urubu.cli.session.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "classad",
    description = "Evaluates, matches, formats and explains ClassAds; no pool is needed.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class ClassAdCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private ClassAdCommand() {}

  /** The command with its subcommands. */
  public static CommandLine line(Session session) {
    AdFiles files = new AdFiles(session);
    return new CommandLine(new ClassAdCommand())
        .addSubcommand("eval", new EvalCommand(session, files))
        .addSubcommand("match", new MatchCommand(session, files))
        .addSubcommand("fmt", new FormatCommand(session, files))
        .addSubcommand("explain", new ExplainCommand(session, files));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "eval, match, fmt or explain is missing");
  }
}
