package io.urubu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs what the page for users shows. How the page should read now is in {@code target}, to look at
 * and to copy when it is right.
 */
@Tag("unit")
final class ClassAdPageTest {
  private static final Path WRITTEN = Path.of("../docs/users/classad.md");
  private static final Path NOW = Path.of("target/classad.md");
  private static final Pattern FILE =
      Pattern.compile("^```classad (\\S+)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern CONSOLE =
      Pattern.compile("^```console\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  @TempDir Path folder;

  @Test
  void everyExamplePrintsWhatThePageShows() throws IOException {
    String page = Files.readString(WRITTEN);
    for (MatchResult file : FILE.matcher(page).results().toList()) {
      Files.writeString(folder.resolve(file.group(1)), file.group(2));
    }
    StringBuilder now = new StringBuilder();
    int from = 0;
    for (MatchResult block : CONSOLE.matcher(page).results().toList()) {
      now.append(page, from, block.start(1));
      for (String line : block.group(1).lines().filter(l -> l.startsWith("$ ")).toList()) {
        now.append(line).append('\n').append(run(line.substring(2)));
      }
      from = block.end(1);
    }
    now.append(page.substring(from));
    Files.writeString(NOW, now);

    assertThat(NOW).content().isEqualTo(page);
  }

  private String run(String command) throws IOException {
    List<String> words = new ArrayList<>();
    for (MatchResult word : WORD.matcher(command).results().toList()) {
      String text = word.group(1) == null ? word.group(2) : word.group(1);
      boolean file = Files.exists(folder.resolve(text)) && !text.isEmpty();
      words.add(file ? folder.resolve(text).toString() : text);
    }
    InputStream in = InputStream.nullInputStream();
    int redirection = words.indexOf("<");
    if (redirection > 0) {
      in = new ByteArrayInputStream(Files.readAllBytes(Path.of(words.getLast())));
      words = words.subList(0, redirection);
    }
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out);
    Main.run(in, writer, writer, Map.of(), words.subList(1, words.size()).toArray(String[]::new));
    return out.toString().replace(folder + "/", "");
  }
}
