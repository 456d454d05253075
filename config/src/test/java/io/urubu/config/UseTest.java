package io.urubu.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code use CATEGORY : Template}. */
@Tag("unit")
final class UseTest {
  @TempDir Path folder;

  private Config load(Map<String, String> environment, String... lines) throws Exception {
    Path file = Files.writeString(folder.resolve("urubu.conf"), String.join("\n", lines) + "\n");
    return Config.load(ConfigSources.builder().main(file).environment(environment).build());
  }

  @Test
  void aTemplateSetsItsKnobs() throws Exception {
    Config config = load(Map.of(), "use policy:DESKTOP");

    assertThat(config.get(Knobs.WANT_SUSPEND)).isEqualTo("TRUE");
    assertThat(config.get(Knobs.START)).startsWith("(KeyboardIdle >= 15 * 60)");
    assertThat(config.get(Knobs.MACHINE_MAX_VACATE_TIME)).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.warnings()).isEmpty();
  }

  @Test
  void theMacrosOfATemplateAreAnybodysToSet() throws Exception {
    Config config =
        load(
            Map.of("_URUBU_MaxVacateTime", "9"),
            "StartIdleTime = 60",
            "use POLICY : Desktop",
            "ContinueIdleTime = 30");

    assertThat(config.get(Knobs.START)).startsWith("(KeyboardIdle >= 60)");
    assertThat(config.get(Knobs.CONTINUE)).startsWith("(KeyboardIdle >= 30)");
    assertThat(config.get(Knobs.MACHINE_MAX_VACATE_TIME)).isEqualTo(Duration.ofSeconds(9));
    assertThat(config.warnings()).isEmpty();
  }

  @Test
  void whatStandsBehindTheTemplateGoesBeforeIt() throws Exception {
    Config config = load(Map.of(), "START = FALSE", "use POLICY : Desktop", "KILL = TRUE");

    assertThat(config.get(Knobs.START)).isNotEqualTo("FALSE");
    assertThat(config.get(Knobs.KILL)).isEqualTo("TRUE");
  }

  @Test
  void anUnknownTemplateIsAnErrorThatNamesTheKnownOnes() {
    assertThatThrownBy(() -> load(Map.of(), "", "use POLICY : Laptop"))
        .hasMessageContaining("urubu.conf:2")
        .hasMessageContaining("POLICY has no template 'Laptop'; known are: Desktop");
    assertThatThrownBy(() -> load(Map.of(), "use ROLE : Personal"))
        .hasMessageContaining("urubu.conf:1")
        .hasMessageContaining("no category 'ROLE' of templates; known are: POLICY");
    assertThatThrownBy(() -> load(Map.of(), "use POLICY"))
        .hasMessageContaining("use CATEGORY : Template is expected");
  }
}
