package io.urubu.submit;

import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.classad.Expression;
import io.urubu.classad.Value;
import io.urubu.config.language.MacroException;
import io.urubu.config.language.Macros;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The functions of the submit language: {@code $ENV(X)}, {@code $Fpn(X)}, {@code $INT(X)} … */
final class MacroFunctions {
  private MacroFunctions() {}

  /** Empty when there is no such function: the text stays as it stands then. */
  static Optional<String> call(String name, String argument, Macros macros, SubmitContext context)
      throws MacroException {
    if (name.startsWith("F")
        && name.substring(1).chars().allMatch(c -> "pduwnxbqaf".indexOf(c) >= 0)) {
      return Optional.of(filePart(name.substring(1), macroValue(argument, macros), context));
    }
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "ENV" -> Optional.of(environment(argument, macros, context));
      case "INT" -> Optional.of(whole(argument, macros));
      case "REAL" -> Optional.of(real(argument, macros));
      case "EVAL" -> Optional.of(evaluated(argument, macros));
      case "SUBSTR" -> Optional.of(part(argument, macros));
      case "CHOICE" -> Optional.of(choice(argument, macros));
      default -> Optional.empty();
    };
  }

  private static String environment(String argument, Macros macros, SubmitContext context)
      throws MacroException {
    int colon = argument.indexOf(':');
    String variable = (colon < 0 ? argument : argument.substring(0, colon)).strip();
    String value = context.environment().get(variable);
    if (value != null) {
      return value;
    }
    return colon < 0 ? "" : macros.expand(argument.substring(colon + 1));
  }

  /** The value of the macro with that name, or the text itself when there is none. */
  private static String macroValue(String argument, Macros macros) throws MacroException {
    String name = argument.strip();
    Optional<String> value = Macros.isName(name) ? macros.definition(name) : Optional.empty();
    return value.isPresent() ? value.get().strip() : macros.expand(name);
  }

  private static Value evaluate(String argument, Macros macros) throws MacroException {
    String text = macroValue(argument, macros);
    try {
      return Expression.parseOld(text).evaluate(ClassAd.empty());
    } catch (ClassAdSyntaxException e) {
      throw new MacroException("'" + text + "' is no expression: " + e.getMessage());
    }
  }

  private static double number(String argument, Macros macros) throws MacroException {
    return switch (evaluate(argument, macros)) {
      case Value.Whole(long whole) -> whole;
      case Value.Real(double real) -> real;
      case Value other -> throw new MacroException("'" + argument + "' is no number but " + other);
    };
  }

  private static List<String> arguments(String argument) {
    List<String> arguments = new ArrayList<>();
    int start = 0;
    int depth = 0;
    for (int i = 0; i < argument.length(); i++) {
      char c = argument.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth == 0) {
        arguments.add(argument.substring(start, i).strip());
        start = i + 1;
      }
    }
    arguments.add(argument.substring(start).strip());
    return arguments;
  }

  private static String whole(String argument, Macros macros) throws MacroException {
    List<String> arguments = arguments(argument);
    if (arguments.size() > 1) {
      throw new MacroException("$INT with a format is not part of this version's language");
    }
    return Long.toString((long) number(arguments.getFirst(), macros));
  }

  private static String real(String argument, Macros macros) throws MacroException {
    if (arguments(argument).size() > 1) {
      throw new MacroException("$REAL with a format is not part of this version's language");
    }
    double value = number(argument, macros);
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value) + ".0"
        : Double.toString(value);
  }

  private static String evaluated(String argument, Macros macros) throws MacroException {
    return switch (evaluate(argument, macros)) {
      case Value.Text(String text) -> text;
      case Value other -> other.toString();
    };
  }

  private static String part(String argument, Macros macros) throws MacroException {
    List<String> arguments = arguments(argument);
    String text = macroValue(arguments.getFirst(), macros);
    long from = arguments.size() > 1 ? (long) number(arguments.get(1), macros) : 0;
    long length = arguments.size() > 2 ? (long) number(arguments.get(2), macros) : text.length();
    long start = Math.clamp(from < 0 ? text.length() + from : from, 0, text.length());
    long end = length < 0 ? text.length() + length : Math.min(start + length, text.length());
    return end <= start ? "" : text.substring((int) start, (int) end);
  }

  private static String choice(String argument, Macros macros) throws MacroException {
    List<String> arguments = arguments(argument);
    List<String> choices = arguments.subList(1, arguments.size());
    if (choices.size() == 1) {
      choices = arguments(macroValue(choices.getFirst(), macros));
    }
    double index = number(arguments.getFirst(), macros);
    if (index < 0 || index >= choices.size()) {
      throw new MacroException(
          "$CHOICE has %d choices, so the index %d is out of range"
              .formatted(choices.size(), (long) index));
    }
    return macros.expand(choices.get((int) index));
  }

  /** Letters: p folder, n name, x extension, d last folder, f absolute, q quoted, b without … */
  private static String filePart(String letters, String value, SubmitContext context) {
    String path = value;
    if (path.length() > 1 && path.startsWith("\"") && path.endsWith("\"")) {
      path = path.substring(1, path.length() - 1);
    }
    if (letters.contains("f") && !path.startsWith("/")) {
      path = context.folder() + "/" + path;
    }
    int slash = path.lastIndexOf('/');
    int dot = path.lastIndexOf('.');
    int nameEnd = dot > slash ? dot : path.length();
    StringBuilder parts = new StringBuilder();
    if (letters.contains("p")) {
      parts.append(path, 0, slash + 1);
    } else if (letters.contains("d") && slash > 0) {
      parts.append(path, path.lastIndexOf('/', slash - 1) + 1, slash + 1);
    }
    if (letters.contains("n")) {
      parts.append(path, slash + 1, nameEnd);
    }
    if (letters.contains("x")) {
      parts.append(path.substring(nameEnd));
    }
    boolean whole = letters.chars().noneMatch(c -> "pdnx".indexOf(c) >= 0);
    String result = whole ? path : parts.toString();
    return letters.contains("q") ? '"' + result + '"' : result;
  }
}
