package io.urubu.cli.queue;

import io.urubu.classad.ClassAd;
import io.urubu.cli.session.Refusal;
import io.urubu.cli.session.Session;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Commands that change what becomes of jobs. */
public abstract sealed class JobActionCommand implements Callable<Integer> {
  private final Session session;
  private final String action;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private JobSelection selection = new JobSelection();

  @Option(names = "--all", description = "All of your jobs.")
  private boolean all;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Kept in the job's ad and log.")
  private String reason = "";

  @Option(names = "--json", description = "What became of each id, as a JSON array.")
  private boolean json;

  private JobActionCommand(Session session, String action) {
    this.session = session;
    this.action = action;
  }

  @Command(
      name = "rm",
      description = "Takes jobs out of the queue; those that run are ended.",
      mixinStandardHelpOptions = true)
  public static final class Remove extends JobActionCommand {
    public Remove(Session session) {
      super(session, "Remove");
    }
  }

  @Command(
      name = "hold",
      description = "Keeps jobs from running until they are released.",
      mixinStandardHelpOptions = true)
  public static final class Hold extends JobActionCommand {
    public Hold(Session session) {
      super(session, "Hold");
    }
  }

  @Command(
      name = "release",
      description = "Lets held jobs run again.",
      mixinStandardHelpOptions = true)
  public static final class Release extends JobActionCommand {
    public Release(Session session) {
      super(session, "Release");
    }
  }

  @Command(
      name = "vacate",
      description = "Makes running jobs leave their places; they are saved and go on elsewhere.",
      mixinStandardHelpOptions = true)
  public static final class Vacate extends JobActionCommand {
    @Option(
        names = {"--fast", "-fast"},
        description = "At once, without saving them.")
    private boolean fast;

    public Vacate(Session session) {
      super(session, "Vacate");
    }

    @Override
    ClassAd.Builder request() {
      return super.request().put("Fast", fast);
    }
  }

  @Command(
      name = "suspend",
      description = "Lets running jobs stand still where they are.",
      mixinStandardHelpOptions = true)
  public static final class Suspend extends JobActionCommand {
    public Suspend(Session session) {
      super(session, "Suspend");
    }
  }

  @Command(
      name = "continue",
      description = "Lets suspended jobs go on.",
      mixinStandardHelpOptions = true)
  public static final class Continue extends JobActionCommand {
    public Continue(Session session) {
      super(session, "Continue");
    }
  }

  @Command(
      name = "take",
      description = "Saves running jobs, which go on.",
      mixinStandardHelpOptions = true)
  static final class Checkpoint extends JobActionCommand {
    Checkpoint(Session session) {
      super(session, "Checkpoint");
    }
  }

  /** What is asked of the schedd for the chosen jobs. */
  ClassAd.Builder request() {
    return selection.request(action).put("Reason", reason);
  }

  @Override
  public Integer call() throws Exception {
    if (selection.isEmpty() != all) {
      throw new ParameterException(
          spec.commandLine(), "name jobs by id or --constraint, or all of them by --all");
    }
    ClassAd.Builder request = request();
    if (all) {
      request.put("Constraint", "true");
    }
    List<ClassAd> results = session.list(request.build());
    if (json) {
      session.printJson(results);
    } else {
      results.forEach(this::tell);
    }
    boolean done = results.stream().anyMatch(ad -> ad.bool("Found").orElse(false));
    if (results.isEmpty()) {
      session.err().println("urubu: no job was meant by that");
    }
    return done ? 0 : Refusal.REFUSED;
  }

  private void tell(ClassAd result) {
    String text = result.string("Text").orElse("");
    if (result.bool("Found").orElse(false)) {
      session.out().println(text);
    } else {
      session.err().println("urubu: " + text);
    }
  }
}
