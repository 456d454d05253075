package io.urubu.config;

import io.urubu.config.language.MacroException;
import io.urubu.config.language.Nearest;
import io.urubu.config.language.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings that hold for one process: every value is checked, nothing changes any more. */
public final class Config {
  private final Settings settings;
  private final Map<Knob<?>, Object> valueByKnob;
  private final List<String> warnings;

  private Config(Settings settings, Map<Knob<?>, Object> valueByKnob, List<String> warnings) {
    this.settings = settings;
    this.valueByKnob = valueByKnob;
    this.warnings = List.copyOf(warnings);
  }

  /**
   * Reads all sources.
   *
   * @throws ConfigException with every problem at once
   */
  public static Config load(ConfigSources sources) throws ConfigException {
    Facts facts =
        new Facts(
            sources.localName().isEmpty() ? Map.of() : Map.of("LOCALNAME", sources.localName()));
    Settings settings = new Settings(facts, sources.environment(), sources.localName());
    sources.standards().forEach(settings::standard);
    List<Problem> problems = new ArrayList<>();
    ConfigReader reader = new ConfigReader(settings, problems);
    sources.main().ifPresent(main -> reader.readMain(main, sources.mainMayBeMissing()));
    reader.readEnvironment(sources.environment());
    sources
        .overrides()
        .forEach((name, text) -> settings.set(name, text, new Position("command line", 0)));

    Map<Knob<?>, Object> valueByKnob = new HashMap<>();
    for (Knob<?> knob : Knobs.all()) {
      check(knob, settings, problems).ifPresent(value -> valueByKnob.put(knob, value));
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems.stream().map(Problem::toString).toList());
    }
    return new Config(settings, valueByKnob, unknownNames(settings));
  }

  private static <T> Optional<T> check(Knob<T> knob, Settings settings, List<Problem> problems) {
    Setting setting =
        settings
            .setting(knob.name())
            .orElseGet(
                () -> new Setting(knob.name(), knob.standard(), new Position("standard", 0)));
    String value = setting.text();
    try {
      value = settings.value(knob.name()).orElse("");
      return Optional.of(knob.type().parser().parse(value));
    } catch (MacroException | KnobType.BadValue e) {
      problems.add(Problem.of(setting, value, String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  /** Names that were set in a file and that nothing reads: most are slips of the pen. */
  private static List<String> unknownNames(Settings settings) {
    List<String> known = Knobs.all().stream().map(Knob::name).toList();
    List<String> warnings = new ArrayList<>();
    for (Setting setting : settings.all()) {
      String own = Settings.key(setting.name().substring(setting.name().lastIndexOf('.') + 1));
      // Jobs find variables of this form in their environment that set nothing.
      boolean fromEnvironment = setting.position().source().startsWith("environment ");
      if (fromEnvironment || known.contains(own) || settings.isReferenced(setting.name())) {
        continue;
      }
      String mend = Nearest.to(own, known).map(name -> "; did you mean " + name + "?").orElse("");
      warnings.add(
          setting.position() + ": " + setting.name() + " is set but nothing reads it" + mend);
    }
    return warnings;
  }

  /** The value of a knob. */
  @SuppressWarnings("unchecked") // load put a value of the knob's own type under each knob
  public <T> T get(Knob<T> knob) {
    Object value = valueByKnob.get(knob);
    if (value == null) {
      throw new IllegalArgumentException(knob + " is not declared in Knobs");
    }
    return (T) value;
  }

  /** What a person should look at, though everything can be used. */
  public List<String> warnings() {
    return warnings;
  }

  /** Where a name was set last; empty when the standard holds or nothing declares it. */
  public Optional<Setting> setting(String name) {
    return settings.setting(name);
  }

  /** The expanded text that holds for any name; empty when there is no such name. */
  public Optional<String> text(String name) {
    try {
      return settings.value(name);
    } catch (MacroException _) {
      // Only a macro that no knob uses can still be wrong here.
      return Optional.empty();
    }
  }
}
