package io.urubu.submit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The variables that a job finds: those of {@code environment} over those of {@code getenv}. */
final class JobEnvironment {
  private final Map<String, String> variables = new TreeMap<>();

  /** Takes over the person's variables: all for true, none for false, else those of the list. */
  void copy(String getenv, Map<String, String> own) {
    switch (getenv.toLowerCase(Locale.ROOT)) {
      case "", "false", "no", "0" -> {}
      case "true", "yes", "1" -> variables.putAll(own);
      default -> {
        for (String pattern : Words.of(getenv)) {
          Pattern names =
              Pattern.compile(Pattern.quote(pattern).replace("*", "\\E.*\\Q"), Pattern.DOTALL);
          own.forEach(
              (name, value) -> {
                if (names.matcher(name).matches()) {
                  variables.put(name, value);
                }
              });
        }
      }
    }
  }

  /** Reads new syntax, {@code "A=1 B='x y'"}, or old, {@code A=1;B=2}. */
  void add(String text) throws Refusal {
    List<String> settings = Quoting.isNew(text) ? Quoting.words(text) : old(text);
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      if (equals <= 0) {
        throw new Refusal(
            "NAME=value is expected, not '%s'; write \"A=1 B='x y'\"".formatted(setting));
      }
      variables.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
  }

  private static List<String> old(String text) {
    List<String> settings = new ArrayList<>();
    for (String setting : text.split(";", -1)) {
      if (!setting.isBlank()) {
        settings.add(setting.strip());
      }
    }
    return settings;
  }

  /** The form that an ad holds. */
  @Override
  public String toString() {
    return Quoting.join(
        variables.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).toList());
  }
}
