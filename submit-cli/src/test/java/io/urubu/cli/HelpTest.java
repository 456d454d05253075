package io.urubu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.cli.session.Session;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
final class HelpTest {
  private static final Path WRITTEN = Path.of("src/test/resources/help");
  private static final Path NOW = Path.of("target/help");

  static Set<String> commands() {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    return Main.commandLine(new Session(nowhere, nowhere, Map.of())).getSubcommands().keySet();
  }

  private static String help(String... arguments) {
    StringWriter out = new StringWriter();
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    assertThat(Main.run(new PrintWriter(out), nowhere, Map.of(), arguments)).isZero();
    return out.toString();
  }

  /** A changed text is in target/help, to look at and to copy when it is right. */
  private static void compare(String name, String help) throws IOException {
    Files.createDirectories(NOW);
    Files.writeString(NOW.resolve(name), help);
    assertThat(WRITTEN.resolve(name)).content().isEqualTo(help);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void eachCommandExplainsItself(String command) throws IOException {
    compare(command + ".txt", help(command, "--help"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "take"})
  void theCommandsAboutCheckpointsExplainThemselves(String command) throws IOException {
    compare("checkpoint-" + command + ".txt", help("checkpoint", command, "--help"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"eval", "match", "fmt", "explain"})
  void theCommandsAboutClassAdsExplainThemselves(String command) throws IOException {
    compare("classad-" + command + ".txt", help("classad", command, "--help"));
  }

  @Test
  void theCommandListsItsSubcommands() throws IOException {
    compare("urubu.txt", help("--help"));
  }
}
