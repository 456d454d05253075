package io.urubu.daemon.process;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The command line of every daemon: {@code --config FILE --local-name NAME [--set KNOB=VALUE …]
 * [--run-folder DIR] [--log -] [--option VALUE …]}.
 *
 * @param configFile the main configuration file
 * @param localName by which the daemon finds its own settings, run folder and log
 * @param runFolder where it shows that it runs, when not in {@code RUN/NAME}: a starter's own
 *     folder
 * @param logsToStandardOutput true for processes that may not write into the pool's log folder
 *     themselves
 * @param settings knobs that override every file
 * @param options what is left, by name without dashes; an option without a value has an empty one
 */
record DaemonArguments(
    Path configFile,
    String localName,
    Optional<Path> runFolder,
    boolean logsToStandardOutput,
    Map<String, String> settings,
    Map<String, String> options) {

  static DaemonArguments parse(String[] arguments) {
    Map<String, String> options = new HashMap<>();
    Map<String, String> settings = new HashMap<>();
    for (int i = 0; i < arguments.length; i++) {
      String option = arguments[i];
      if (!option.startsWith("--")) {
        throw new IllegalArgumentException("unexpected argument '" + option + "'");
      }
      boolean hasValue = i + 1 < arguments.length && !arguments[i + 1].startsWith("--");
      String value = hasValue ? arguments[++i] : "";
      if (option.equals("--set")) {
        int equals = value.indexOf('=');
        if (equals < 1) {
          throw new IllegalArgumentException("--set wants KNOB=VALUE, not '" + value + "'");
        }
        settings.put(value.substring(0, equals), value.substring(equals + 1));
      } else {
        options.put(option.substring(2), value);
      }
    }
    Path config = Path.of(required(options, "config")).toAbsolutePath();
    // Daemons that start others hand it on.
    options.put("config", config.toString());
    return new DaemonArguments(
        config,
        required(options, "local-name"),
        Optional.ofNullable(options.remove("run-folder")).map(Path::of),
        "-".equals(options.remove("log")),
        settings,
        options);
  }

  private static String required(Map<String, String> options, String name) {
    String value = options.remove(name);
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException("--" + name + " is missing");
    }
    return value;
  }
}
