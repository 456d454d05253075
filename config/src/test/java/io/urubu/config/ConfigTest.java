package io.urubu.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
final class ConfigTest {
  private static final String[] WRONG = {
    "NUM_SLOTS = many",
    "SPOOL = relative/path",
    "JOB_NICE = \\",
    "  40",
    "what is this",
    "use POLICY : Laptop",
    "A = $(B)",
    "B = x$(A)",
    "POOL_NAME = $(A)",
    "AD_GRACE = 5 parsecs",
    "USE_SPAWNER = perhaps",
    "START = 1 +",
    "include : nosuch.conf",
    "MEMORY = -3"
  };

  @TempDir Path folder;

  private final Map<String, String> environment = new HashMap<>();

  private Path write(String name, String... lines) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, String.join("\n", lines) + "\n");
  }

  private ConfigSources.Builder sources() {
    return ConfigSources.builder().main(folder.resolve("urubu.conf")).environment(environment);
  }

  private Config load() throws ConfigException {
    return Config.load(sources().build());
  }

  private String problemsOf(ConfigSources sources) {
    try {
      Config.load(sources);
      return "";
    } catch (ConfigException e) {
      return String.valueOf(e.getMessage()).replace(folder.toString(), "DIR");
    }
  }

  @Test
  void everyStandardIsAValueOfItsType() throws ConfigException {
    Config config = Config.load(ConfigSources.builder().build());

    assertThat(Knobs.all()).hasSizeGreaterThan(40).allSatisfy(config::get);
    assertThat(config.get(Knobs.EXECUTE)).isEqualTo(Path.of("/var/lib/urubu/execute"));
    assertThat(config.get(Knobs.NEGOTIATOR_DELAY)).isEqualTo(Duration.ofMillis(30));
    assertThat(config.get(Knobs.NUM_CPUS)).isPositive();
    assertThat(config.get(Knobs.MEMORY)).isPositive();
    assertThat(config.get(Knobs.COLLECTOR_HOST)).isEmpty();
    assertThat(config.get(Knobs.SCHEDD_NAME)).startsWith("schedd@").hasSizeGreaterThan(7);
  }

  @Test
  void laterSourcesGoOverEarlierOnes() throws Exception {
    write("urubu.conf", "NUM_SLOTS = 1", "NUM_CPUS = 1", "MEMORY = 1", "LOCAL_CONFIG_FILE = local");
    write("conf.d/20.conf", "NUM_CPUS = 3", "MEMORY = 3");
    write("conf.d/10.conf", "NUM_CPUS = 2", "MEMORY = 2");
    write("conf.d/30.conf~", "NUM_CPUS = 99");
    write("local", "MEMORY = 4", "JOB_NICE = 4", "HTTP_PORT = 4", "LOWPORT = 4");
    environment.put("_CONDOR_JOB_NICE", "5");
    environment.put("_condor_http_port", "5");
    environment.put("_CONDOR_LOWPORT", "5");
    environment.put("_URUBU_HTTP_PORT", "6");

    Config config = Config.load(sources().override("LOWPORT", "7").build());

    assertThat(config.get(Knobs.NUM_SLOTS)).isEqualTo(1);
    assertThat(config.get(Knobs.NUM_CPUS)).isEqualTo(3);
    assertThat(config.get(Knobs.MEMORY)).isEqualTo(4);
    assertThat(config.get(Knobs.JOB_NICE)).isEqualTo(5);
    assertThat(config.get(Knobs.HTTP_PORT)).isEqualTo(6);
    assertThat(config.get(Knobs.LOWPORT)).isEqualTo(7);
    assertThat(config.warnings()).isEmpty();
  }

  @Test
  void aLocalNameSelectsItsOwnSettings() throws Exception {
    write("urubu.conf", "EXECUTE = /e", "ws1.EXECUTE = $(EXECUTE)/ws1", "ws2.EXECUTE = /e/ws2");

    Config ws1 = Config.load(sources().localName("ws1").build());

    assertThat(ws1.get(Knobs.EXECUTE)).isEqualTo(Path.of("/e/ws1"));
    assertThat(ws1.get(Knobs.STARTD_NAME)).startsWith("ws1@");
    assertThat(load().get(Knobs.EXECUTE)).isEqualTo(Path.of("/e"));
    assertThat(ws1.warnings()).isEmpty();
  }

  @Test
  void macrosLinesCommentsAndIncludes() throws Exception {
    write(
        "urubu.conf",
        "# a comment that does not continue \\",
        "BASE = /b",
        "STATE = $(BASE)/$ENV(WHO:nobody)/$(NOTSET:x$(DOLLAR)y)",
        "START = TARGET.A == 1 && \\",
        "  # explained",
        "  TARGET.B == 2",
        "START = ($(START)) || $$(later)",
        "include : more/other.conf",
        "include ifexist : missing.conf");
    write("more/other.conf", "pool_name = $(Base)");
    environment.put("WHO", "me");

    assertThat(problemsOf(sources().build())).contains("START = (TARGET.A == 1");
    write("more/other.conf", "pool_name = $(Base)", "START = $(START) == 1", "START = false");

    Config config = load();

    assertThat(config.get(Knobs.STATE)).isEqualTo(Path.of("/b/me/x$y"));
    assertThat(config.get(Knobs.POOL_NAME)).isEqualTo("/b");
    assertThat(config.setting("POOL_NAME").orElseThrow().position().line()).isEqualTo(1);
  }

  @Test
  void allProblemsComeAtOnceWithPlaceValueAndRule() throws Exception {
    write("urubu.conf", WRONG);

    String problems = problemsOf(sources().override("HTTP_PORT", "70000").build());

    assertThat(
            problems
                .lines()
                .filter(line -> !line.startsWith(" "))
                .map(line -> line.replaceAll("needed: .*", "needed: …")))
        .containsExactlyInAnyOrder(
            "DIR/urubu.conf:1: NUM_SLOTS = many: a whole number from 1 to 4096 is allowed",
            "DIR/urubu.conf:2: SPOOL = relative/path: an absolute path is needed",
            "DIR/urubu.conf:3: JOB_NICE = 40: a whole number from 0 to 19 is allowed",
            "DIR/urubu.conf:5: what is this: NAME = value or include : file is expected",
            "DIR/urubu.conf:6: use POLICY : Laptop: POLICY has no template 'Laptop'; known are:"
                + " Desktop",
            "DIR/urubu.conf:9: POOL_NAME = $(A): macros refer to each other in a circle:"
                + " A -> B -> A; break the circle",
            "DIR/urubu.conf:10: AD_GRACE = 5 parsecs: a duration such as 30, 30 s, 5 min, 2 h,"
                + " 1 day or 200 ms is allowed",
            "DIR/urubu.conf:11: USE_SPAWNER = perhaps: true or false is allowed",
            "DIR/urubu.conf:12: START = 1 +: a ClassAd expression is needed: …",
            "DIR/urubu.conf:13: DIR/nosuch.conf: no such file",
            "DIR/urubu.conf:14: MEMORY = -3: a size such as 2048 (MB), 2048 MB or 2 GB is allowed",
            "command line: HTTP_PORT = 70000: a whole number from 0 to 65535 is allowed");
  }

  @Test
  void filesThatIncludeEachOtherAreAnError() throws Exception {
    write("urubu.conf", "include : urubu.conf");

    assertThat(problemsOf(sources().build())).contains("include each other without end");
  }

  @Test
  void aMissingMainFileIsAnErrorUnlessItMayBeMissing() throws Exception {
    assertThat(problemsOf(sources().build()))
        .isEqualTo("DIR/urubu.conf: DIR/urubu.conf: no such file");

    Config config =
        Config.load(
            ConfigSources.builder()
                .mainIfPresent(folder.resolve("urubu.conf"))
                .standard(Knobs.STATE, "/s")
                .build());

    assertThat(config.get(Knobs.SPOOL)).isEqualTo(Path.of("/s/spool"));
  }

  @Test
  void namesThatNothingReadsAreWarnedOf() throws Exception {
    write(
        "urubu.conf", "NUM_SLOT = 3", "MINE = /m", "STATE = $(MINE)", "ws1.Raank = 2", "Zorro = 1");
    environment.put("_CONDOR_SCRATCH_DIR", "/x");

    assertThat(load().warnings().stream().map(line -> line.replace(folder.toString(), "DIR")))
        .containsExactly(
            "DIR/urubu.conf:1: NUM_SLOT is set but nothing reads it; did you mean NUM_SLOTS?",
            "DIR/urubu.conf:4: ws1.Raank is set but nothing reads it; did you mean RANK?",
            "DIR/urubu.conf:5: Zorro is set but nothing reads it");
  }

  @ParameterizedTest
  @CsvSource({
    "90,90000",
    "1.5 s,1500",
    "200ms,200",
    "2 min,120000",
    "1 h,3600000",
    "1 day,86400000"
  })
  void durations(String text, long millis) throws Exception {
    assertThat(KnobType.DURATION.parser().parse(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({"90,90", "2 GB,2048", "1.5G,1536", "1 KB,1", "1T,1048576"})
  void memorySizes(String text, int megabytes) throws Exception {
    assertThat(KnobType.MEGABYTES.parser().parse(text)).isEqualTo(megabytes);
  }

  @ParameterizedTest
  @CsvSource({"-1", "1e3", "'1,5'", "99999999999999999999", "x"})
  void whatIsNoDurationIsRefused(String text) {
    assertThatThrownBy(() -> KnobType.DURATION.parser().parse(text))
        .isInstanceOf(KnobType.BadValue.class);
  }
}
