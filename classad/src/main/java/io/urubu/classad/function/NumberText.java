package io.urubu.classad.function;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the number that a text begins with, as C's strtod does. */
final class NumberText {
  private static final Pattern START =
      Pattern.compile(
          "[ \\t-\\r]*+([+-]?)(?:(0[xX](?:[0-9a-fA-F]++\\.?+[0-9a-fA-F]*+|\\.[0-9a-fA-F]++)"
              + "(?:[pP][+-]?[0-9]++)?)|([0-9]++\\.?+[0-9]*+(?:[eE][+-]?[0-9]++)?"
              + "|\\.[0-9]++(?:[eE][+-]?[0-9]++)?)|([iI][nN][fF])|([nN][aA][nN]))");

  private NumberText() {}

  static OptionalDouble prefix(String text) {
    Matcher start = START.matcher(text);
    if (!start.lookingAt()) {
      return OptionalDouble.empty();
    }
    double value = magnitude(start);
    return OptionalDouble.of(start.group(1).equals("-") ? -value : value);
  }

  private static double magnitude(Matcher start) {
    String hexadecimal = start.group(2);
    if (hexadecimal != null) {
      boolean hasExponent = hexadecimal.toLowerCase(Locale.ROOT).indexOf('p') >= 0;
      return Double.parseDouble(hasExponent ? hexadecimal : hexadecimal + "p0");
    }
    String decimal = start.group(3);
    if (decimal != null) {
      return Double.parseDouble(decimal);
    }
    return start.group(4) != null ? Double.POSITIVE_INFINITY : Double.NaN;
  }
}
