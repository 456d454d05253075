package io.urubu.submit;

import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.classad.Expression;
import io.urubu.config.language.LogicalLine;
import io.urubu.config.language.MacroException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A job's ad while it is made: what the keys say, what was put so far, and what is wrong. */
final class Draft {
  private final Values values;
  private final ClassAd.Builder ad = StandardAttributes.builder();
  private final Set<String> problems = new LinkedHashSet<>();
  private final Map<String, LogicalLine> lineByAttribute = new HashMap<>();

  Draft(Values values) {
    this.values = values;
  }

  Values values() {
    return values;
  }

  ClassAd.Builder ad() {
    return ad;
  }

  /** What is wrong, each with its place. */
  Set<String> problems() {
    return problems;
  }

  /** The line that an attribute comes from; none for what no line says. */
  Map<String, LogicalLine> lineByAttribute() {
    return lineByAttribute;
  }

  Path folder(Values from) {
    Path own = from.context().folder();
    return value(from, Key.INITIALDIR)
        .map(name -> FileSizes.resolve(own, name).normalize())
        .orElse(own);
  }

  void custom(String attribute, Line.Assign assign) {
    try {
      String text = values.expand(assign.value());
      put(attribute, text.isEmpty() ? "undefined" : text, Optional.of(assign));
    } catch (MacroException e) {
      problems.add(problem(assign.line(), String.valueOf(e.getMessage())));
    }
  }

  Optional<String> value(Key key) {
    return value(values, key);
  }

  Optional<String> value(Values from, Key key) {
    Optional<Line.Assign> assign = from.line(key);
    if (assign.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(from.expand(assign.get().value())).filter(text -> !text.isEmpty());
    } catch (MacroException e) {
      problems.add(problem(assign.get().line(), String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  Optional<Line.Assign> lineOf(Key key) {
    return values.line(key);
  }

  boolean bool(Key key, boolean standard) {
    String text = value(key).orElse(Boolean.toString(standard)).toLowerCase(Locale.ROOT);
    return switch (text) {
      case "true", "yes", "1", "t", "y" -> true;
      case "false", "no", "0", "f", "n" -> false;
      default -> {
        refuse(key, "true or false is allowed");
        yield standard;
      }
    };
  }

  String choice(Key key, String standard, List<String> allowed) {
    String text = value(key).orElse(standard).toUpperCase(Locale.ROOT);
    if (!allowed.contains(text)) {
      refuse(key, "one of " + String.join(", ", allowed) + " is allowed");
      return standard;
    }
    return text;
  }

  static String unquoted(String text) {
    return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1)
        : text;
  }

  void text(String attribute, String value, Key key) {
    ad.put(attribute, value);
    lineOf(key).ifPresent(assign -> lineByAttribute.put(attribute, assign.line()));
  }

  void expression(Key key, String attribute, String standard) {
    expression(value(key).orElse(standard), attribute, key);
  }

  void expression(String text, String attribute, Key key) {
    put(attribute, text, lineOf(key));
  }

  void put(String attribute, String text, Optional<Line.Assign> from) {
    try {
      ad.put(attribute, Expression.parseOld(text));
      from.ifPresent(assign -> lineByAttribute.put(attribute, assign.line()));
    } catch (ClassAdSyntaxException | IllegalArgumentException e) {
      problems.add(
          from.map(
                  assign ->
                      problem(assign.line(), "a ClassAd expression is needed: " + e.getMessage()))
              .orElse(attribute + " = " + text + ": " + e.getMessage()));
    }
  }

  boolean parses(String text, Key key) {
    try {
      var _ = Expression.parseOld(text);
      return true;
    } catch (ClassAdSyntaxException e) {
      refuse(key, "a ClassAd expression is needed: " + e.getMessage());
      return false;
    }
  }

  void refuse(Key key, String problem) {
    problems.add(
        lineOf(key).map(assign -> problem(assign.line(), problem)).orElse(key + ": " + problem));
  }

  static String problem(LogicalLine line, String problem) {
    return line.position() + ": " + line.text() + ": " + problem;
  }
}
