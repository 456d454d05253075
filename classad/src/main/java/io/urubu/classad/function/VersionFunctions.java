package io.urubu.classad.function;

import io.urubu.classad.ast.ByteText;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.eval.Values;
import java.util.List;
import java.util.function.IntPredicate;

/** Comparisons of version numbers, where digits count as numbers. */
final class VersionFunctions {
  private VersionFunctions() {}

  static void register(Table table) {
    table.add("versioncmp", 2, 2, VersionFunctions::compared);
    test(table, "versionLE", order -> order <= 0);
    test(table, "versionLT", order -> order < 0);
    test(table, "versionGE", order -> order >= 0);
    test(table, "versionGT", order -> order > 0);
    test(table, "versionEQ", order -> order == 0);
    table.add("version_in_range", 3, 3, VersionFunctions::inRange);
  }

  /** These have always been known by this one spelling only. */
  private static void test(Table table, String name, IntPredicate holds) {
    table.addExact(
        name,
        2,
        2,
        (arguments, evaluation) -> {
          Datum compared = compared(arguments, evaluation);
          return compared instanceof Datum.Int(long order)
              ? Datum.of(holds.test((int) order))
              : compared;
        });
  }

  private static Datum compared(List<Datum> arguments, Evaluation evaluation) {
    Datum missing = Conversion.missing(arguments);
    return missing != Values.FALSE
        ? missing
        : Datum.of(
            (long)
                compare(
                    Conversion.text(arguments.get(0), evaluation),
                    Conversion.text(arguments.get(1), evaluation)));
  }

  private static Datum inRange(List<Datum> arguments, Evaluation evaluation) {
    Datum version = arguments.get(0);
    List<Datum> bounds = arguments.subList(1, 3);
    if (Conversion.isUndefined(version) && bounds.stream().noneMatch(Conversion::isUndefined)) {
      return Conversion.wrong("version_in_range", version);
    }
    Datum missing = Conversion.missing(arguments);
    if (missing != Values.FALSE) {
      return missing;
    }
    String text = Conversion.text(version, evaluation);
    return Datum.of(
        compare(Conversion.text(arguments.get(1), evaluation), text) <= 0
            && compare(text, Conversion.text(arguments.get(2), evaluation)) <= 0);
  }

  /** More leading zeros come first, then longer numbers last, then bytes decide, with a sign. */
  private static int compare(String left, String right) {
    String a = ByteText.bytes(left);
    String b = ByteText.bytes(right);
    int at = 0;
    while (at < a.length() && at < b.length() && a.charAt(at) == b.charAt(at)) {
      at++;
    }
    int start = at;
    while (start > 0 && isDigit(a, start - 1)) {
      start--;
    }
    if (isDigit(a, start) && isDigit(b, start)) {
      int zeros = zeros(a, start);
      int difference = zeros(b, start) - zeros;
      if (difference == 0 && zeros == 0) {
        difference = digits(a, start) - digits(b, start);
      }
      if (difference != 0) {
        return difference;
      }
    }
    return (byte) charAt(a, at) - (byte) charAt(b, at);
  }

  private static int digits(String text, int from) {
    int end = from;
    while (isDigit(text, end)) {
      end++;
    }
    return end - from;
  }

  /** Zeros that more digits follow. */
  private static int zeros(String text, int from) {
    int end = from;
    while (charAt(text, end) == '0' && isDigit(text, end + 1)) {
      end++;
    }
    return end - from;
  }

  private static boolean isDigit(String text, int at) {
    return charAt(text, at) >= '0' && charAt(text, at) <= '9';
  }

  private static char charAt(String text, int at) {
    return at < text.length() ? text.charAt(at) : '\0';
  }
}
