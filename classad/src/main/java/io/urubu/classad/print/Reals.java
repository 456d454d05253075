package io.urubu.classad.print;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Writes reals as C's printf would. */
final class Reals {
  private static final int DIGITS = 16;
  private static final int EXACT_DIGITS = 17;
  private static final double SHORT_WHOLE = 1e15;

  private Reals() {}

  static String print(double value, Style style) {
    if (Double.isNaN(value)) {
      return "real(\"NaN\")";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "real(\"INF\")" : "real(\"-INF\")";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    if (style.isTraditional()) {
      return scientific(value);
    }
    String text = shortest(value, DIGITS);
    return style.isExact() && Double.parseDouble(text) != value
        ? shortest(value, EXACT_DIGITS)
        : text;
  }

  /** As {@code %1.15E}. */
  private static String scientific(double value) {
    BigDecimal rounded = rounded(value, DIGITS);
    String digits = rounded.unscaledValue().abs().toString();
    StringBuilder text = new StringBuilder(24);
    if (value < 0) {
      text.append('-');
    }
    text.append(digits.charAt(0)).append('.').append(digits, 1, digits.length());
    text.append("0".repeat(DIGITS - digits.length()));
    return exponent(text, rounded.precision() - rounded.scale() - 1).toString();
  }

  /** As {@code %.16G}, with a ".0" if that leaves an integer. */
  private static String shortest(double value, int digits) {
    if (value == Math.rint(value) && Math.abs(value) < SHORT_WHOLE) {
      return Long.toString((long) value) + ".0";
    }
    BigDecimal rounded = rounded(value, digits).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent < -4 || exponent >= digits) {
      String unscaled = rounded.unscaledValue().abs().toString();
      StringBuilder text = new StringBuilder(24);
      if (value < 0) {
        text.append('-');
      }
      text.append(unscaled.charAt(0));
      if (unscaled.length() > 1) {
        text.append('.').append(unscaled, 1, unscaled.length());
      }
      return exponent(text, exponent).toString();
    }
    String plain = rounded.toPlainString();
    return plain.indexOf('.') < 0 ? plain + ".0" : plain;
  }

  private static BigDecimal rounded(double value, int digits) {
    return new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
  }

  private static StringBuilder exponent(StringBuilder text, int exponent) {
    text.append('E').append(exponent < 0 ? '-' : '+');
    int magnitude = Math.abs(exponent);
    if (magnitude < 10) {
      text.append('0');
    }
    return text.append(magnitude);
  }
}
