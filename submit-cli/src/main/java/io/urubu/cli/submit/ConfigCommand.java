package io.urubu.cli.submit;

import io.urubu.classad.ClassAd;
import io.urubu.cli.session.PoolConfig;
import io.urubu.cli.session.Refusal;
import io.urubu.cli.session.Session;
import io.urubu.config.Config;
import io.urubu.config.Knob;
import io.urubu.config.Knobs;
import io.urubu.config.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "config",
    description = "Shows what is set, and what can be set.",
    mixinStandardHelpOptions = true)
public final class ConfigCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "NAME", arity = "0..*", description = "Prints these values only.")
  private List<String> names = List.of();

  @Option(names = "--json", description = "Values with type and origin, as a JSON array.")
  private boolean json;

  public ConfigCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    Config config = PoolConfig.load(session);
    config.warnings().forEach(warning -> session.err().println("WARNING: " + warning));
    return names.isEmpty() ? all(config) : some(config);
  }

  private int all(Config config) {
    List<ClassAd> ads = new ArrayList<>();
    for (Knob<?> knob : Knobs.all()) {
      String value = config.text(knob.name()).orElse("");
      if (json) {
        ads.add(describe(config, knob.name(), value));
        continue;
      }
      String unit = knob.unit().isEmpty() ? "" : " in " + knob.unit();
      session
          .out()
          .println(
              "# %s (%s%s), %s"
                  .formatted(knob.help(), knob.typeName(), unit, origin(config, knob.name())));
      session.out().println(knob.name() + " = " + value);
    }
    if (json) {
      session.printJson(ads);
    }
    return 0;
  }

  private int some(Config config) {
    List<ClassAd> ads = new ArrayList<>();
    int status = 0;
    for (String name : names) {
      var value = config.text(name);
      if (value.isEmpty()) {
        session.err().println("urubu: " + name + " is not set");
        status = Refusal.REFUSED;
      } else if (json) {
        ads.add(describe(config, name, value.get()));
      } else {
        session.out().println(value.get());
      }
    }
    if (json) {
      session.printJson(ads);
    }
    return status;
  }

  private static ClassAd describe(Config config, String name, String value) {
    return ClassAd.builder()
        .put("Name", name)
        .put("Value", value)
        .put("Origin", origin(config, name))
        .build();
  }

  private static String origin(Config config, String name) {
    return config.setting(name).map(Setting::position).map(Object::toString).orElse("standard");
  }
}
