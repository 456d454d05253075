package io.urubu.cli.status;

import io.urubu.classad.ClassAd;
import io.urubu.cli.session.Session;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "token",
    description = "Makes a token for the REST interface and prints it.",
    mixinStandardHelpOptions = true)
public final class TokenCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      description = "READ, SUBMIT, OWNER or ADMIN; may stand several times (default: READ).")
  private List<String> scopes = List.of("READ");

  @Option(
      names = "--hours",
      paramLabel = "N",
      defaultValue = "24",
      description = "How long it is valid (default: ${DEFAULT-VALUE}).")
  private int hours;

  public TokenCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    ClassAd answer =
        session.ask(
            ClassAd.builder()
                .put("Command", "CreateToken")
                .put("Scopes", scopes)
                .put("LifetimeSeconds", Duration.ofHours(hours).toSeconds())
                .build(),
            item -> {});
    session.out().println(answer.string("Token").orElse(""));
    return 0;
  }
}
