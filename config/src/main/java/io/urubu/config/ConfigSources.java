package io.urubu.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the settings of one process come from, lowest first: standards, the main file, the files of
 * {@code conf.d} beside it in name order, the local files, the environment ({@code _CONDOR_NAME},
 * then {@code _URUBU_NAME}), overrides of the command line. Within all of them {@code ws1.NAME}
 * goes before {@code NAME} for a process with the local name {@code ws1}.
 */
public final class ConfigSources {
  private final Optional<Path> main;
  private final boolean mainMayBeMissing;
  private final String localName;
  private final Map<String, String> standards;
  private final Map<String, String> environment;
  private final Map<String, String> overrides;

  private ConfigSources(Builder builder) {
    this.main = builder.main;
    this.mainMayBeMissing = builder.mainMayBeMissing;
    this.localName = builder.localName;
    this.standards = new LinkedHashMap<>(builder.standards);
    this.environment = Map.copyOf(builder.environment);
    this.overrides = new LinkedHashMap<>(builder.overrides);
  }

  public static Builder builder() {
    return new Builder();
  }

  Optional<Path> main() {
    return main;
  }

  boolean mainMayBeMissing() {
    return mainMayBeMissing;
  }

  String localName() {
    return localName;
  }

  Map<String, String> standards() {
    return standards;
  }

  Map<String, String> environment() {
    return environment;
  }

  Map<String, String> overrides() {
    return overrides;
  }

  /** Collects sources; what is not named is empty. */
  public static final class Builder {
    private Optional<Path> main = Optional.empty();
    private boolean mainMayBeMissing;
    private String localName = "";
    private final Map<String, String> standards = new LinkedHashMap<>();
    private Map<String, String> environment = Map.of();
    private final Map<String, String> overrides = new LinkedHashMap<>();

    private Builder() {}

    /** The main file, which must exist. */
    public Builder main(Path file) {
      this.main = Optional.of(file.toAbsolutePath());
      this.mainMayBeMissing = false;
      return this;
    }

    /** The main file, which need not exist. */
    public Builder mainIfPresent(Path file) {
      main(file);
      this.mainMayBeMissing = true;
      return this;
    }

    /** The name that tells this process from others with the same files, as {@code ws1}. */
    public Builder localName(String name) {
      this.localName = name;
      return this;
    }

    /** Another standard for a knob than its own: lower than everything that a person sets. */
    public Builder standard(Knob<?> knob, String text) {
      standards.put(knob.name(), text);
      return this;
    }

    public Builder environment(Map<String, String> variables) {
      this.environment = variables;
      return this;
    }

    /** A setting of the command line: higher than everything else. */
    public Builder override(String name, String text) {
      overrides.put(name, text);
      return this;
    }

    public ConfigSources build() {
      return new ConfigSources(this);
    }
  }
}
