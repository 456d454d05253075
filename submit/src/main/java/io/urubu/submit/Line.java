package io.urubu.submit;

import io.urubu.config.language.LogicalLine;
import io.urubu.config.language.Macros;
import java.util.Locale;

/** What one logical line of a submit description says. */
sealed interface Line {

  /** {@code name = value}; the value is unexpanded. */
  record Assign(LogicalLine line, String name, String value) implements Line {}

  /** {@code queue [count]}; the count is unexpanded. */
  record Queue(LogicalLine line, String count) implements Line {}

  /** Nothing that the language knows. */
  record Invalid(LogicalLine line, String problem) implements Line {}

  static Line of(LogicalLine line) {
    String text = line.text();
    String word = text.split("[\\s=:(]", 2)[0].toLowerCase(Locale.ROOT);
    String rest = text.substring(word.length()).strip();
    if (word.equals("queue") && !rest.startsWith("=")) {
      return new Queue(line, rest);
    }
    int equals = text.indexOf('=');
    String name = (equals < 0 ? text : text.substring(0, equals)).strip();
    if (equals > 0 && Macros.isName(name) && name.indexOf('+') <= 0) {
      return new Assign(line, name, text.substring(equals + 1).strip());
    }
    return switch (word) {
      case "if", "elif", "else", "endif", "include", "use" ->
          new Invalid(line, "'" + word + "' is not part of this version's language");
      default ->
          equals < 0
              ? new Invalid(line, "name = value or queue is expected")
              : new Invalid(line, "'" + name + "' is no name; write it without spaces in it");
    };
  }
}
