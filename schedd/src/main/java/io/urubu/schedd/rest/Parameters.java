package io.urubu.schedd.rest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The parameters of one request; names and values are checked, a misspelt name is an error. */
final class Parameters {
  static final int STANDARD_LIMIT = 100;
  static final int MAX_LIMIT = 1000;

  private static final int MAX_VALUE_LENGTH = 4096;

  private final Map<String, List<String>> valuesByName;

  private Parameters(Map<String, List<String>> valuesByName) {
    this.valuesByName = valuesByName;
  }

  static Parameters of(Map<String, List<String>> valuesByName, Set<String> known) {
    valuesByName.forEach(
        (name, values) -> {
          if (!known.contains(name)) {
            throw ProblemException.invalid(
                name, "no such parameter", "use some of " + known.stream().sorted().toList());
          }
          if (values.size() != 1 || values.getFirst().length() > MAX_VALUE_LENGTH) {
            throw ProblemException.invalid(
                name,
                "given more than once, or too long",
                "give it once, with at most " + MAX_VALUE_LENGTH + " characters");
          }
        });
    return new Parameters(valuesByName);
  }

  /** The value, when there is one that is not blank. */
  Optional<String> text(String name) {
    return Optional.ofNullable(valuesByName.get(name))
        .map(List::getFirst)
        .filter(value -> !value.isBlank());
  }

  int limit() {
    return text("limit").map(Parameters::limit).orElse(STANDARD_LIMIT);
  }

  private static int limit(String text) {
    if (text.matches("[0-9]{1,9}")) {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MAX_LIMIT) {
        return limit;
      }
    }
    throw ProblemException.invalid(
        "limit", "'" + text + "' is out of range", "use a number from 1 to " + MAX_LIMIT);
  }
}
