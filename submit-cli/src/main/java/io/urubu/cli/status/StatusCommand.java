package io.urubu.cli.status;

import io.urubu.classad.ClassAd;
import io.urubu.cli.session.Elapsed;
import io.urubu.cli.session.Places;
import io.urubu.cli.session.Refusal;
import io.urubu.cli.session.Session;
import io.urubu.cli.session.Table;
import io.urubu.command.presence.ProcessMark;
import io.urubu.command.presence.RunFolder;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "status",
    description = "Shows the pool's daemons on this host, and its machines.",
    mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--constraint",
      paramLabel = "EXPR",
      description = "Machines for whose ad this ClassAd expression is true.")
  private String constraint = "";

  @Option(names = "--json", description = "The machine ads as a JSON array.")
  private boolean json;

  public StatusCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    ClassAd.Builder request = ClassAd.builder().put("Command", "Machines");
    if (!constraint.isEmpty()) {
      request.put("Constraint", constraint);
    }
    if (json) {
      session.printJson(session.list(request.build()));
      return 0;
    }
    printDaemons(session.places());
    printMachines(session.list(request.build()));
    return 0;
  }

  private void printDaemons(Places places) throws IOException {
    if (!Files.isDirectory(places.run())) {
      throw new Refusal(
          Refusal.UNREACHABLE,
          "POOL_UNREACHABLE: no pool runs in " + places.run() + ": start it with 'urubu up'");
    }
    Table table = new Table(Set.of(1), "DAEMON", "PID", "STATE", "ADDRESS");
    for (String name : daemons(places.run())) {
      RunFolder folder = RunFolder.of(places.run(), name);
      Optional<Long> pid = pid(folder);
      table.row(
          name,
          pid.map(String::valueOf).orElse("-"),
          pid.isPresent() ? "runs" : "DEAD: start it with 'urubu up'",
          folder.address().orElse(""));
    }
    table.print(session.out());
    Path rest = places.run().resolve("schedd").resolve("http-address");
    if (Files.exists(rest)) {
      session.out().println();
      session
          .out()
          .println(
              "REST: http://" + Files.readString(rest).strip() + "/api/v1 (see 'urubu token')");
    }
    session.out().println();
  }

  /** The database writes its pid alone. */
  private static Optional<Long> pid(RunFolder folder) throws IOException {
    Optional<Long> marked = folder.living().map(ProcessMark::pid);
    Path file = folder.path().resolve("pid");
    if (marked.isPresent() || !Files.exists(file)) {
      return marked;
    }
    String text = Files.readString(file).strip();
    return text.matches("[0-9]+")
        ? ProcessMark.of(Long.parseLong(text)).map(ProcessMark::pid)
        : Optional.empty();
  }

  private static Set<String> daemons(Path run) throws IOException {
    Set<String> names = new TreeSet<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(run, Files::isDirectory)) {
      folders.forEach(folder -> names.add(String.valueOf(folder.getFileName())));
    }
    return names;
  }

  private void printMachines(List<ClassAd> machines) {
    Table table =
        new Table(Set.of(3, 4, 5), "NAME", "STATE", "ACTIVITY", "LOAD", "MEMORY", "SINCE", "USER");
    long now = Instant.now().getEpochSecond();
    for (ClassAd machine : machines) {
      table.row(
          machine.string("Name").orElse("?"),
          machine.string("State").orElse("?"),
          machine.string("Activity").orElse("?"),
          String.format(Locale.ROOT, "%.2f", machine.real("LoadAvg").orElse(0)),
          Long.toString(machine.integer("Memory").orElse(0)),
          Elapsed.text(now - machine.integer("EnteredCurrentActivity").orElse(now)),
          machine.string("RemoteUser").or(() -> machine.string("RemoteOwner")).orElse(""));
    }
    table.print(session.out());
  }
}
