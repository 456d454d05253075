package io.urubu.config;

import io.urubu.config.language.Position;

/** Something wrong with the configuration, in a form to print: place, culprit, problem, mend. */
record Problem(Position position, String text) {

  static Problem of(Setting setting, String value, String rule) {
    return new Problem(setting.position(), "%s = %s: %s".formatted(setting.name(), value, rule));
  }

  @Override
  public String toString() {
    return position + ": " + text;
  }
}
