package io.urubu.cli;

import io.urubu.cli.classad.ClassAdCommand;
import io.urubu.cli.demo.DemoCommand;
import io.urubu.cli.eventlog.WaitCommand;
import io.urubu.cli.pool.DownCommand;
import io.urubu.cli.pool.UpCommand;
import io.urubu.cli.queue.CheckpointCommand;
import io.urubu.cli.queue.HistoryCommand;
import io.urubu.cli.queue.JobActionCommand;
import io.urubu.cli.queue.QueueCommand;
import io.urubu.cli.session.Refusal;
import io.urubu.cli.session.Session;
import io.urubu.cli.status.OwnerCommand;
import io.urubu.cli.status.StatusCommand;
import io.urubu.cli.status.TokenCommand;
import io.urubu.cli.submit.ConfigCommand;
import io.urubu.cli.submit.SubmitCommand;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The urubu command: finds the subcommand, runs it, and turns what went wrong into words and an
 * exit status.
 */
public final class Main {
  private Main() {}

  @Command(
      name = "urubu",
      description = "A batch system that scavenges idle workstations.",
      synopsisSubcommandLabel = "COMMAND",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  private static final class Root implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
      throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }
  }

  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(new ByteWriter(System.out), false);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(System.in, out, err, System.getenv(), arguments));
  }

  /** Runs one command with nothing on its standard input. */
  public static int run(
      PrintWriter out, PrintWriter err, Map<String, String> environment, String... arguments) {
    return run(InputStream.nullInputStream(), out, err, environment, arguments);
  }

  /** Runs one command; results go to out, words for people to err. */
  public static int run(
      InputStream in,
      PrintWriter out,
      PrintWriter err,
      Map<String, String> environment,
      String... arguments) {
    boolean trace = List.of(arguments).contains("--trace");
    Session session = new Session(in, out, err, environment);
    Problems problems = new Problems(err, trace);
    CommandLine line = commandLine(session);
    line.setOut(out);
    line.setErr(err);
    line.setParameterExceptionHandler(problems::wrongUse);
    line.setExecutionExceptionHandler((e, where, parsed) -> problems.failed(e));
    int status =
        line.execute(
            List.of(arguments).stream().filter(a -> !a.equals("--trace")).toArray(String[]::new));
    out.flush();
    int outcome = status == 0 ? written(session, problems) : status;
    err.flush();
    return outcome;
  }

  /** The status of a command that succeeded: not 0 if its results did not get through. */
  private static int written(Session session, Problems problems) {
    try {
      session.checkOutput();
      return 0;
    } catch (Refusal e) {
      return problems.failed(e);
    }
  }

  /** Every command, in the order in which help lists them. */
  static CommandLine commandLine(Session session) {
    CommandLine line = new CommandLine(new Root());
    line.addSubcommand("submit", new SubmitCommand(session, () -> UUID.randomUUID().toString()));
    line.addSubcommand("q", new QueueCommand(session));
    line.addSubcommand("rm", new JobActionCommand.Remove(session));
    line.addSubcommand("hold", new JobActionCommand.Hold(session));
    line.addSubcommand("release", new JobActionCommand.Release(session));
    line.addSubcommand("vacate", new JobActionCommand.Vacate(session));
    line.addSubcommand("suspend", new JobActionCommand.Suspend(session));
    line.addSubcommand("continue", new JobActionCommand.Continue(session));
    line.addSubcommand("wait", new WaitCommand(session));
    line.addSubcommand("checkpoint", CheckpointCommand.line(session));
    line.addSubcommand("history", new HistoryCommand(session));
    line.addSubcommand("status", new StatusCommand(session));
    line.addSubcommand("owner", new OwnerCommand(session));
    line.addSubcommand("token", new TokenCommand(session));
    line.addSubcommand("config", new ConfigCommand(session));
    line.addSubcommand("classad", ClassAdCommand.line(session));
    line.addSubcommand("up", new UpCommand(session));
    line.addSubcommand("down", new DownCommand(session));
    line.addSubcommand("demo", new DemoCommand(session));
    line.setUsageHelpAutoWidth(false);
    return line;
  }
}
