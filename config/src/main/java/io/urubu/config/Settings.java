package io.urubu.config;

import io.urubu.config.language.MacroException;
import io.urubu.config.language.Macros;
import io.urubu.config.language.Position;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What was set so far, a later setting over an earlier one, above the standards. Names do not
 * distinguish case.
 */
final class Settings implements Macros.Scope {
  private final Map<String, Setting> settingByName = new LinkedHashMap<>();
  private final Map<String, String> standardByName = new HashMap<>();
  private final Facts facts;
  private final Map<String, String> environment;
  private final String localPrefix;

  Settings(Facts facts, Map<String, String> environment, String localName) {
    this.facts = facts;
    this.environment = environment;
    this.localPrefix = localName.isEmpty() ? "" : key(localName) + ".";
    for (Knob<?> knob : Knobs.all()) {
      standardByName.put(knob.name(), knob.standard());
    }
  }

  /** Changes what holds when nobody sets the name. */
  void standard(String name, String text) {
    standardByName.put(key(name), text);
  }

  /**
   * Sets a name. Where the value refers to the name itself, what held so far is put in, so that a
   * file can add to what an earlier one said.
   */
  void set(String name, String text, Position position) {
    String own = name.substring(name.lastIndexOf('.') + 1);
    String before = before(name, own);
    String value = Macros.withoutSelf(text, name, before);
    value = own.equals(name) ? value : Macros.withoutSelf(value, own, before);
    settingByName.put(key(name), new Setting(name, value, position));
  }

  private String before(String name, String own) {
    Setting setting = settingByName.get(key(name));
    if (setting == null) {
      setting = settingByName.get(key(own));
    }
    return setting == null ? standardByName.getOrDefault(key(own), "") : setting.text();
  }

  /** The setting that holds for a name: the one with the local name's prefix goes first. */
  Optional<Setting> setting(String name) {
    Setting local = localPrefix.isEmpty() ? null : settingByName.get(localPrefix + key(name));
    return Optional.ofNullable(local == null ? settingByName.get(key(name)) : local);
  }

  Iterable<Setting> all() {
    return settingByName.values();
  }

  /** Whether some text that was set refers to the name. */
  boolean isReferenced(String name) {
    Pattern reference =
        Pattern.compile("\\$\\(\\s*" + Pattern.quote(name) + "\\s*[:)]", Pattern.CASE_INSENSITIVE);
    return Stream.concat(
            settingByName.values().stream().map(Setting::text), standardByName.values().stream())
        .anyMatch(text -> reference.matcher(text).find());
  }

  String expand(String text) throws MacroException {
    return new Macros(this).expand(text).strip();
  }

  /** The expanded text that holds for a name; empty when nothing says what it is. */
  Optional<String> value(String name) throws MacroException {
    return new Macros(this).definition(name).map(String::strip);
  }

  @Override
  public Optional<String> definition(String name) {
    Optional<Setting> setting = setting(name);
    if (setting.isPresent()) {
      return setting.map(Setting::text);
    }
    String standard = standardByName.get(key(name));
    return standard == null ? facts.value(key(name)) : Optional.of(standard);
  }

  @Override
  public Optional<String> function(String name, String argument, Macros macros)
      throws MacroException {
    if (!name.equals("ENV")) {
      return Optional.empty();
    }
    int colon = argument.indexOf(':');
    String variable = (colon < 0 ? argument : argument.substring(0, colon)).strip();
    String value = environment.get(variable);
    if (value != null) {
      return Optional.of(value);
    }
    return Optional.of(colon < 0 ? "" : macros.expand(argument.substring(colon + 1)));
  }

  static String key(String name) {
    return name.toUpperCase(Locale.ROOT);
  }
}
