package io.urubu.cli.queue;

import io.urubu.classad.ClassAd;
import io.urubu.cli.session.Session;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "q",
    description = "Shows the jobs that are in the queue.",
    mixinStandardHelpOptions = true)
public final class QueueCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private JobSelection selection = new JobSelection();

  @Option(names = "--all-users", description = "Also other users' jobs (administrators).")
  private boolean allUsers;

  @Option(names = "--json", description = "The job ads as a JSON array.")
  private boolean json;

  public QueueCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    ClassAd request = selection.request("Query").put("AllUsers", allUsers).build();
    if (json) {
      session.printJson(request);
      return 0;
    }
    JobTable table = new JobTable(ZoneId.systemDefault(), Instant.now());
    session.ask(request, table::add);
    table.print(session.out(), session.width());
    session.out().println();
    session.out().println(table.totals());
    return 0;
  }
}
