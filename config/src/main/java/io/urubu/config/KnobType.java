package io.urubu.config;

import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.classad.Expression;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the text of a setting becomes a value.
 *
 * @param name what a person calls it
 */
record KnobType<T>(String name, Parser<T> parser) {

  /** Turns an expanded text without white space around it into a value. */
  interface Parser<T> {
    T parse(String text) throws BadValue;
  }

  /** The text breaks the type's rule, which the message tells. */
  static final class BadValue extends Exception {
    private static final long serialVersionUID = 1L;

    BadValue(String rule) {
      super(rule);
    }
  }

  static final KnobType<String> TEXT = new KnobType<>("text", text -> text);
  static final KnobType<Boolean> BOOL = new KnobType<>("bool", KnobType::bool);
  static final KnobType<Duration> DURATION = new KnobType<>("duration", KnobType::duration);
  static final KnobType<Integer> MEGABYTES = new KnobType<>("memory size", KnobType::megabytes);
  static final KnobType<Path> PATH = new KnobType<>("path", KnobType::path);
  static final KnobType<List<String>> LIST = new KnobType<>("list", KnobType::list);
  static final KnobType<String> EXPRESSION = new KnobType<>("expression", KnobType::expression);

  private static final Pattern QUANTITY = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)\\s*(\\S*)");

  static KnobType<Integer> integer(int least, int most) {
    return new KnobType<>("number", text -> integer(text, least, most));
  }

  private static int integer(String text, int least, int most) throws BadValue {
    try {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException _) {
      // Refused below, with the rule.
    }
    throw new BadValue("a whole number from " + least + " to " + most + " is allowed");
  }

  private static boolean bool(String text) throws BadValue {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "y", "1" -> true;
      case "false", "f", "no", "n", "0" -> false;
      default -> throw new BadValue("true or false is allowed");
    };
  }

  private static Duration duration(String text) throws BadValue {
    Matcher quantity = QUANTITY.matcher(text);
    if (quantity.matches()) {
      double millis =
          switch (quantity.group(2).toLowerCase(Locale.ROOT)) {
            case "ms", "millisecond", "milliseconds" -> 1;
            case "", "s", "sec", "second", "seconds" -> 1000;
            case "m", "min", "minute", "minutes" -> 60_000;
            case "h", "hour", "hours" -> 3_600_000;
            case "d", "day", "days" -> 86_400_000;
            default -> Double.NaN;
          };
      double value = Double.parseDouble(quantity.group(1)) * millis;
      if (value <= 3_153_600_000_000.0) {
        return Duration.ofMillis(Math.round(value));
      }
    }
    throw new BadValue("a duration such as 30, 30 s, 5 min, 2 h, 1 day or 200 ms is allowed");
  }

  private static int megabytes(String text) throws BadValue {
    Matcher quantity = QUANTITY.matcher(text);
    if (quantity.matches()) {
      double factor =
          switch (quantity.group(2).toUpperCase(Locale.ROOT)) {
            case "K", "KB" -> 1.0 / 1024;
            case "", "M", "MB" -> 1;
            case "G", "GB" -> 1024;
            case "T", "TB" -> 1024 * 1024;
            default -> Double.NaN;
          };
      double value = Math.ceil(Double.parseDouble(quantity.group(1)) * factor);
      if (value >= 1 && value <= Integer.MAX_VALUE) {
        return (int) value;
      }
    }
    throw new BadValue("a size such as 2048 (MB), 2048 MB or 2 GB is allowed");
  }

  private static Path path(String text) throws BadValue {
    try {
      Path path = Path.of(text);
      if (path.isAbsolute()) {
        return path.normalize();
      }
    } catch (InvalidPathException _) {
      // Refused below, with the rule.
    }
    throw new BadValue("an absolute path is needed");
  }

  /** Words that commas or white space separate. */
  static List<String> list(String text) {
    return Arrays.stream(text.split("[,\\s]+")).filter(each -> !each.isEmpty()).toList();
  }

  private static String expression(String text) throws BadValue {
    try {
      var _ = Expression.parseOld(text);
      return text;
    } catch (ClassAdSyntaxException e) {
      throw new BadValue("a ClassAd expression is needed: " + e.getMessage());
    }
  }
}
