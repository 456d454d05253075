package io.urubu.cli.eventlog;

import io.urubu.cli.session.Refusal;
import io.urubu.cli.session.Session;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads a job event log until the jobs have ended; speaks as condor_wait does. */
@Command(
    name = "wait",
    description = "Waits until the jobs of an event log have ended.",
    mixinStandardHelpOptions = true)
public final class WaitCommand implements Callable<Integer> {
  private static final Duration STEP = Duration.ofMillis(100);

  /** The log is made before its jobs are in the queue, and their first entries come after. */
  private static final Duration FIRST_ENTRY = Duration.ofSeconds(5);

  private final Session session;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "LOG", description = "The event log of the jobs.")
  private Path log = Path.of("");

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "JOB",
      description = "A job (41.3) or a whole cluster (41); else all jobs of the log.")
  private @Nullable String job;

  @Option(
      names = {"--wait", "-wait"},
      paramLabel = "S",
      description = "At most so many seconds.")
  private @Nullable Integer seconds;

  @Option(
      names = {"--num", "-num"},
      paramLabel = "N",
      description = "Until so many jobs have ended.")
  private @Nullable Integer number;

  @Option(
      names = {"--status", "-status"},
      description = "Tells when jobs start and end.")
  private boolean status;

  @Option(
      names = {"--echo", "-echo"},
      description = "Prints the entries of the log.")
  private boolean echo;

  public WaitCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    if (number != null && number < 1) {
      throw new ParameterException(spec.commandLine(), "--num must be greater than zero");
    }
    if (seconds != null && seconds < 0) {
      throw new ParameterException(spec.commandLine(), "--wait must not be negative");
    }
    LogJob wanted = LogJob.ANY;
    if (job != null) {
      String text = job;
      wanted =
          LogJob.parse(text)
              .orElseThrow(
                  () ->
                      new ParameterException(
                          spec.commandLine(), "Couldn't understand job number: " + text));
    }
    if (Files.isDirectory(log)) {
      return cannotOpen("Is a directory");
    }
    try (EventLog entries = EventLog.open(log)) {
      return follow(entries, wanted);
    } catch (NoSuchFileException _) {
      return cannotOpen("No such file or directory");
    } catch (AccessDeniedException _) {
      return cannotOpen("Permission denied");
    }
  }

  private int cannotOpen(String why) {
    session.err().println("Couldn't open " + log + ": " + why);
    return Refusal.REFUSED;
  }

  private int follow(EventLog entries, LogJob wanted) throws IOException {
    JobsOfLog jobs = new JobsOfLog(wanted);
    long start = System.nanoTime();
    while (true) {
      boolean done = read(entries, jobs);
      if (done) {
        return 0;
      }
      Duration waited = Duration.ofNanos(System.nanoTime() - start);
      if (seconds != null && waited.compareTo(Duration.ofSeconds(seconds)) >= 0) {
        session.out().println("Time expired.");
        return Refusal.REFUSED;
      }
      if (!jobs.isAnyKnown() && waited.compareTo(FIRST_ENTRY) >= 0) {
        session
            .err()
            .println("This log does not mention " + (job == null ? "any jobs!" : "that job!"));
        return Refusal.REFUSED;
      }
      session.out().flush();
      LockSupport.parkNanos(STEP.toNanos());
    }
  }

  /** True when the jobs that are waited for have ended; that has been said then. */
  private boolean read(EventLog entries, JobsOfLog jobs) throws IOException {
    for (LogEvent event : entries.more()) {
      if (jobs.take(event)) {
        tell(event);
      }
      if (number != null && jobs.ended() >= number) {
        // HTCondor's own spelling, which others may look for.
        session.out().println("Specifed number of jobs (" + number + ") done.");
        return true;
      }
    }
    if (number == null && jobs.areAllDone()) {
      session.out().println("All jobs done.");
      return true;
    }
    return false;
  }

  private void tell(LogEvent event) {
    if (echo) {
      session.out().print(event.text());
      session.out().println("...");
    }
    if (!status) {
      return;
    }
    switch (event.kind()) {
      case LogEvent.SUBMITTED -> session.out().println(event.key() + " submitted");
      case LogEvent.EXECUTING ->
          session.out().println(event.key() + " executing on host " + event.host());
      case LogEvent.TERMINATED -> session.out().println(event.key() + " completed");
      case LogEvent.ABORTED -> session.out().println(event.key() + " aborted");
      default -> {
        // condor_wait is silent about all others.
      }
    }
  }
}
