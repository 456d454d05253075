package io.urubu.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
final class OutputsTest {
  private static final String[] UNDISTURBED = {
    "begin, random number 5", "line 1: a", "line 2: b", "sum 3", "end, random number 5"
  };

  @TempDir Path folder;

  private Outputs outputs(String... moved) throws IOException {
    Path one = Files.writeString(folder.resolve("one"), String.join("\n", UNDISTURBED) + "\n");
    Path other = Files.writeString(folder.resolve("other"), String.join("\n", moved) + "\n");
    return Outputs.read(one, other);
  }

  @Test
  void equalOutputsMayHaveOtherRandomNumbers() throws Exception {
    Outputs outputs =
        outputs(
            "begin, random number 7", "line 1: a", "line 2: b", "sum 3", "end, random number 7");

    assertThat(outputs.firstDifference()).isEmpty();
    assertThat(outputs.keptNumber()).contains("7");
    assertThat(outputs.onlyGoesForward()).isTrue();
  }

  @Test
  void aProgramThatStartedOverIsFoundOut() throws Exception {
    Outputs outputs =
        outputs(
            "begin, random number 7",
            "line 1: a",
            "begin, random number 8",
            "line 1: a",
            "line 2: b",
            "sum 3",
            "end, random number 8");

    assertThat(outputs.firstDifference())
        .contains("line 3 is 'begin, random number 8' and not 'line 2: b'");
    assertThat(outputs.keptNumber()).isEmpty();
    assertThat(outputs.onlyGoesForward()).isFalse();
  }

  @Test
  void anOutputThatIsMissingOrShortDiffers() throws Exception {
    assertThat(outputs("begin, random number 7", "line 1: a").firstDifference())
        .contains("line 3 is '(nothing)' and not 'line 2: b'");
    assertThat(Outputs.read(folder.resolve("one"), folder.resolve("none")).onlyGoesForward())
        .isFalse();
    assertThat(outputs("begin, random number 7", "end, random number 8").keptNumber()).isEmpty();
  }
}
