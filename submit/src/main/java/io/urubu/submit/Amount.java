package io.urubu.submit;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes with units: {@code 512}, {@code 1.5 GB}, {@code 20m}. */
final class Amount {
  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,15}(?:\\.\\d{0,9})?)\\s*([kmgt]?)(b?)", Pattern.CASE_INSENSITIVE);

  private Amount() {}

  /**
   * How many of the unit, rounded up; empty when the text is no size but perhaps an expression.
   *
   * @param unit one of "K" and "M"; a number without a unit counts in it
   */
  static OptionalLong in(String unit, String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches() || (size.group(2).isEmpty() && !size.group(3).isEmpty())) {
      return OptionalLong.empty();
    }
    double kilobytes = Double.parseDouble(size.group(1)) * kilobytes(size.group(2), unit);
    return OptionalLong.of((long) Math.ceil(kilobytes / kilobytes(unit, unit)));
  }

  private static double kilobytes(String letter, String standard) {
    return switch ((letter.isEmpty() ? standard : letter).toUpperCase(Locale.ROOT)) {
      case "M" -> 1L << 10;
      case "G" -> 1L << 20;
      case "T" -> 1L << 30;
      default -> 1;
    };
  }
}
