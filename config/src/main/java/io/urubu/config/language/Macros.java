package io.urubu.config.language;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Expands {@code $(NAME)}, {@code $(NAME:default)} and functions as {@code $ENV(X)}. What {@code
 * $$(…)} holds is left for the match. A macro that needs itself is an error, and so is a text that
 * grows beyond {@link #MAX_LENGTH}.
 */
public final class Macros {
  /** No expanded text is longer than this many characters. */
  public static final int MAX_LENGTH = 1 << 20;

  private static final int MAX_DEPTH = 64;

  /** Where macros get their text. */
  public interface Scope {
    /** The unexpanded text of a macro; empty when it is not defined. */
    Optional<String> definition(String name);

    /** What {@code $NAME(argument)} stands for; empty when there is no such function. */
    Optional<String> function(String name, String argument, Macros macros) throws MacroException;
  }

  private final Scope scope;
  private final Deque<String> open = new ArrayDeque<>();

  public Macros(Scope scope) {
    this.scope = scope;
  }

  /** The text with every macro expanded; an undefined macro without a default becomes nothing. */
  public String expand(String text) throws MacroException {
    if (text.indexOf('$') < 0) {
      return text;
    }
    StringBuilder result = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int dollar = text.indexOf('$', at);
      if (dollar < 0) {
        break;
      }
      result.append(text, at, dollar);
      at = reference(text, dollar, result);
      if (result.length() > MAX_LENGTH) {
        throw new MacroException("it expands to more than " + MAX_LENGTH + " characters");
      }
    }
    return result.append(text, Math.min(at, text.length()), text.length()).toString();
  }

  /** Appends what stands for the reference at the dollar; returns where the text goes on. */
  private int reference(String text, int dollar, StringBuilder result) throws MacroException {
    if (text.startsWith("$$(", dollar)) {
      int end = closing(text, dollar + 2);
      result.append(text, dollar, end < 0 ? text.length() : end + 1);
      return end < 0 ? text.length() : end + 1;
    }
    int paren = dollar + 1;
    while (paren < text.length() && isNameCharacter(text.charAt(paren))) {
      paren++;
    }
    int end = paren < text.length() && text.charAt(paren) == '(' ? closing(text, paren) : -1;
    if (end < 0) {
      result.append('$');
      return dollar + 1;
    }
    String function = text.substring(dollar + 1, paren);
    String body = text.substring(paren + 1, end);
    Optional<String> value =
        function.isEmpty() ? macro(body) : scope.function(function, body, this);
    result.append(value.orElseGet(() -> text.substring(dollar, end + 1)));
    return end + 1;
  }

  /** Empty when the body is no name, so that the text stays as it stands. */
  private Optional<String> macro(String body) throws MacroException {
    int colon = body.indexOf(':');
    String name = (colon < 0 ? body : body.substring(0, colon)).strip();
    if (!isName(name)) {
      return Optional.empty();
    }
    Optional<String> definition = definition(name);
    if (definition.isPresent()) {
      return definition;
    }
    return Optional.of(colon < 0 ? "" : expand(body.substring(colon + 1)));
  }

  /** The expanded text of a macro; empty when it is not defined. */
  public Optional<String> definition(String name) throws MacroException {
    if (name.equalsIgnoreCase("DOLLAR")) {
      return Optional.of("$");
    }
    Optional<String> text = scope.definition(name);
    if (text.isEmpty()) {
      return text;
    }
    String key = name.toUpperCase(Locale.ROOT);
    if (open.contains(key)) {
      throw new MacroException(
          "macros refer to each other in a circle: " + circle(key) + "; break the circle");
    }
    if (open.size() >= MAX_DEPTH) {
      throw new MacroException("macros are nested more than " + MAX_DEPTH + " deep");
    }
    open.push(key);
    try {
      return Optional.of(expand(text.get()));
    } finally {
      open.pop();
    }
  }

  private String circle(String name) {
    StringBuilder names = new StringBuilder(name);
    for (String each : open) {
      names.insert(0, each + " -> ");
      if (each.equals(name)) {
        break;
      }
    }
    return names.toString();
  }

  /**
   * The text with every reference to the name itself replaced by what held before, so that {@code X
   * = $(X) more} adds to it.
   */
  public static String withoutSelf(String text, String name, String before) {
    if (text.indexOf("$(") < 0) {
      return text;
    }
    return Pattern.compile(
            "\\$\\(\\s*" + Pattern.quote(name) + "\\s*(?::[^()]*)?\\)", Pattern.CASE_INSENSITIVE)
        .matcher(text)
        .replaceAll(Matcher.quoteReplacement(before));
  }

  /** The index of the parenthesis that closes the one at the given index, or -1. */
  private static int closing(String text, int paren) {
    int depth = 0;
    for (int i = paren; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '(') {
        depth++;
      } else if (c == ')' && --depth == 0) {
        return i;
      }
    }
    return -1;
  }

  /** Whether the text can be the name of a macro: letters, digits, underscore, dot, plus. */
  public static boolean isName(String text) {
    if (text.isEmpty()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isNameCharacter(c) && c != '.' && c != '+') {
        return false;
      }
    }
    return true;
  }

  private static boolean isNameCharacter(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }
}
