package io.urubu.cli.status;

import io.urubu.classad.ClassAd;
import io.urubu.cli.session.Refusal;
import io.urubu.cli.session.Session;
import io.urubu.command.PoolException;
import io.urubu.command.presence.RunFolder;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Plays the owner of a workstation of a personal pool, where nobody sits at a keyboard. */
@Command(
    name = "owner",
    description =
        "Says whether the owner of a workstation is there, or shows it (personal pools only).",
    mixinStandardHelpOptions = true)
public final class OwnerCommand implements Callable<Integer> {
  private static final Set<String> SERVICES =
      Set.of("schedd", "matchmaker", "spawner", "postgresql");

  private final Session session;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "NAME",
      description = "The workstation, such as ws1; without it all are shown.")
  private String name = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "active|away",
      description = "What the owner shall be.")
  private String wish = "";

  public OwnerCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException, PoolException {
    List<String> known = workstations();
    if (name.isEmpty()) {
      for (String each : known) {
        show(each);
      }
      return 0;
    }
    String workstation = localName(name);
    if (!known.contains(workstation)) {
      throw new Refusal(
          Refusal.REFUSED,
          "no workstation %s on this host: known are %s"
              .formatted(name, known.isEmpty() ? "none" : String.join(", ", known)));
    }
    switch (wish.toLowerCase(Locale.ROOT)) {
      case "" -> show(workstation);
      case "active" -> set(workstation, true);
      case "away" -> set(workstation, false);
      default ->
          throw new ParameterException(
              spec.commandLine(), "the owner can be active or away, not '" + wish + "'");
    }
    return 0;
  }

  /** The workstation of a slot's or startd's name, {@code slot1@ws1@host} or {@code ws1@host}. */
  private static String localName(String text) {
    String rest = text.matches("slot[0-9_]+@.*") ? text.substring(text.indexOf('@') + 1) : text;
    int at = rest.indexOf('@');
    return at < 0 ? rest : rest.substring(0, at);
  }

  private void show(String workstation) throws IOException, PoolException {
    ClassAd answer =
        session.ask(
            workstation, ClassAd.builder().put("Command", "OwnerStatus").build(), item -> {});
    tell(workstation, answer.bool("Active").orElse(false));
  }

  private void set(String workstation, boolean active) throws IOException, PoolException {
    session.ask(
        workstation,
        ClassAd.builder().put("Command", "Owner").put("Active", active).build(),
        item -> {});
    tell(workstation, active);
  }

  private void tell(String workstation, boolean active) {
    session.out().println(workstation + ": the owner is " + (active ? "active" : "away"));
  }

  private List<String> workstations() throws IOException {
    Path run = session.places().run();
    if (!Files.isDirectory(run)) {
      throw new Refusal(
          Refusal.UNREACHABLE,
          "POOL_UNREACHABLE: no pool runs in " + run + ": start it with 'urubu up'");
    }
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(run, Files::isDirectory)) {
      for (Path folder : folders) {
        String each = String.valueOf(folder.getFileName());
        boolean service = SERVICES.contains(each) || each.startsWith("shadow-");
        if (!service && Files.exists(new RunFolder(folder).socket())) {
          names.add(each);
        }
      }
    }
    Collections.sort(names);
    return names;
  }
}
