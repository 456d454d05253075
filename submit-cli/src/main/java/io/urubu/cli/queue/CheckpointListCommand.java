package io.urubu.cli.queue;

import io.urubu.classad.ClassAd;
import io.urubu.classad.Value;
import io.urubu.cli.session.Elapsed;
import io.urubu.cli.session.Session;
import io.urubu.cli.session.Table;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "list",
    description = "Shows the checkpoints from which jobs can go on, the newest first.",
    mixinStandardHelpOptions = true)
final class CheckpointListCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MM/dd HH:mm:ss");
  private static final List<String> NEEDED = List.of("ClusterId", "ProcId", "Checkpoints");

  private final Session session;

  @Mixin private JobSelection selection = new JobSelection();

  @Option(names = "--all-users", description = "Also other users' jobs (administrators).")
  private boolean allUsers;

  @Option(names = "--json", description = "The checkpoints as a JSON array.")
  private boolean json;

  CheckpointListCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    List<ClassAd> checkpoints = new ArrayList<>();
    session.ask(
        selection.request("Query").put("AllUsers", allUsers).put("Projection", NEEDED).build(),
        job -> checkpoints.addAll(of(job)));
    if (json) {
      session.printJson(checkpoints);
    } else {
      print(checkpoints, Instant.now());
    }
    return 0;
  }

  /** One ad for each checkpoint of the job, which it names. */
  private static List<ClassAd> of(ClassAd job) {
    List<ClassAd> found = new ArrayList<>();
    if (job.value("Checkpoints") instanceof Value.Items(List<Value> items)) {
      for (Value item : items) {
        if (item instanceof Value.Nested(ClassAd checkpoint)) {
          found.add(ClassAd.builder().put("Job", JobTable.id(job)).putAll(checkpoint).build());
        }
      }
    }
    return found;
  }

  private void print(List<ClassAd> checkpoints, Instant now) {
    Table table =
        new Table(
            Set.of(1, 3, 5, 6),
            "JOB",
            "GENERATION",
            "BACKEND",
            "SIZE",
            "TAKEN",
            "AGE",
            "FROM-RUN",
            "PLATFORM");
    for (ClassAd checkpoint : checkpoints) {
      long taken = checkpoint.integer("CutAt").orElse(0);
      table.row(
          checkpoint.string("Job").orElse("?"),
          number(checkpoint, "Generation"),
          checkpoint.string("Backend").orElse("?"),
          size(checkpoint.integer("Bytes").orElse(0)),
          TIME.format(Instant.ofEpochSecond(taken).atZone(ZoneId.systemDefault())),
          Elapsed.text(now.getEpochSecond() - taken),
          number(checkpoint, "Run"),
          checkpoint.string("Platform").filter(text -> !text.isEmpty()).orElse("any"));
    }
    table.print(session.out(), session.width());
  }

  private static String number(ClassAd checkpoint, String attribute) {
    return Long.toString(checkpoint.integer(attribute).orElse(0));
  }

  private static String size(long bytes) {
    return bytes < 100_000
        ? String.format(Locale.ROOT, "%.1f KB", bytes / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
