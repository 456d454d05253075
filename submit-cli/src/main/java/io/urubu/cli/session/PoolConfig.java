package io.urubu.cli.session;

import io.urubu.config.Config;
import io.urubu.config.ConfigException;
import io.urubu.config.ConfigSources;
import io.urubu.config.Knobs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The configuration of the pool that a command means, as this person's commands see it. */
public final class PoolConfig {
  private PoolConfig() {}

  /**
   * Reads it. {@code URUBU_CONFIG} and {@code CONDOR_CONFIG} may name the main file; without any
   * file the standards hold, with the pool's own places.
   */
  public static Config load(Session session) throws IOException, ConfigException {
    return Config.load(sources(session).build());
  }

  static ConfigSources.Builder sources(Session session) throws IOException {
    Places places = session.places();
    Map<String, String> environment = session.environment();
    ConfigSources.Builder sources =
        ConfigSources.builder()
            .standard(Knobs.STATE, places.state().toString())
            .standard(Knobs.RUN, places.run().toString())
            .standard(Knobs.LOG, places.log().toString())
            .environment(environment);
    String named =
        environment.getOrDefault("URUBU_CONFIG", environment.getOrDefault("CONDOR_CONFIG", ""));
    return named.isEmpty() ? sources.mainIfPresent(places.config()) : sources.main(Path.of(named));
  }
}
