package io.urubu.config;

import io.urubu.config.language.LogicalLine;
import io.urubu.config.language.Macros;
import java.util.List;
import java.util.Locale;

/** What one logical line of a configuration file says. */
sealed interface Statement {

  /** {@code NAME = value}; the value is unexpanded. */
  record Assign(String name, String value) implements Statement {}

  /** {@code include : file} or {@code include ifexist : file}; the file's name is unexpanded. */
  record Include(String file, boolean mayBeMissing) implements Statement {}

  /** {@code use CATEGORY : Template}, or several templates with commas between. */
  record Use(String category, List<String> templates) implements Statement {
    public Use {
      templates = List.copyOf(templates);
    }
  }

  /** Nothing that the language knows. */
  record Invalid(String rule) implements Statement {}

  /** Reads a line. */
  static Statement of(LogicalLine line) {
    String text = line.text();
    int equals = text.indexOf('=');
    String name = (equals < 0 ? text : text.substring(0, equals)).strip();
    if (equals > 0 && Macros.isName(name)) {
      return new Assign(name, text.substring(equals + 1).strip());
    }
    String word = text.split("[\\s:]", 2)[0].toLowerCase(Locale.ROOT);
    return switch (word) {
      case "include" -> include(text.substring(word.length()).strip());
      case "use" -> use(text.substring(word.length()).strip());
      case "if", "elif", "else", "endif" ->
          new Invalid(
              "'" + word + "' is not part of this version's language; write plain settings");
      default ->
          equals < 0
              ? new Invalid("NAME = value or include : file is expected")
              : new Invalid("'" + name + "' is no name: letters, digits, '_' and '.' are allowed");
    };
  }

  private static Statement use(String rest) {
    int colon = rest.indexOf(':');
    List<String> templates = colon < 0 ? List.of() : KnobType.list(rest.substring(colon + 1));
    return colon < 1 || templates.isEmpty()
        ? new Invalid("use CATEGORY : Template is expected, as use POLICY : Desktop")
        : new Use(rest.substring(0, colon).strip(), templates);
  }

  private static Statement include(String rest) {
    boolean mayBeMissing = rest.toLowerCase(Locale.ROOT).startsWith("ifexist");
    String file = (mayBeMissing ? rest.substring("ifexist".length()) : rest).strip();
    if (!file.startsWith(":") || file.length() == 1) {
      return new Invalid("include : FILE or include ifexist : FILE is expected");
    }
    return new Include(file.substring(1).strip(), mayBeMissing);
  }
}
