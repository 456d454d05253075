package io.urubu.classad.print;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Writes times. */
public final class Times {
  private static final long FIRST = LocalDateTime.MIN.toEpochSecond(ZoneOffset.UTC);
  private static final long LAST = LocalDateTime.MAX.toEpochSecond(ZoneOffset.UTC);
  private static final int DIGITS = 6;

  private Times() {}

  /** {@code 2020-01-02T03:04:05+01:00}; an offset of zero is {@code -00:00}. */
  public static String moment(long seconds, int offset) {
    return moment(seconds, offset, 1);
  }

  private static String moment(long seconds, int offset, int yearDigits) {
    long local = Math.clamp(seconds + offset, FIRST, LAST);
    LocalDateTime time = LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC);
    String year = Integer.toString(time.getYear());
    StringBuilder text = new StringBuilder(32);
    text.repeat('0', Math.max(0, yearDigits - year.length())).append(year);
    two(text.append('-'), time.getMonthValue());
    two(text.append('-'), time.getDayOfMonth());
    two(text.append('T'), time.getHour());
    two(text.append(':'), time.getMinute());
    two(text.append(':'), time.getSecond());
    long zone = Math.abs((long) offset);
    two(text.append(offset > 0 ? '+' : '-'), zone / 3600);
    two(text.append(':'), zone / 60 % 60);
    return text.toString();
  }

  /** The call that gives a moment. */
  static String call(long seconds, int offset) {
    return "absTime(\"" + moment(seconds, offset) + "\")";
  }

  /** The same, by number where the text would not be read back. */
  static String exact(long seconds, int offset) {
    return seconds + offset == -1
        ? "absTime(" + seconds + "," + offset + ")"
        : "absTime(\"" + moment(seconds, offset, 4) + "\")";
  }

  /** {@code [-][days+]hh:mm:ss}, shortened from the left, with all of its fraction. */
  static String exactInterval(double seconds) {
    double magnitude = Math.abs(seconds);
    long whole = (long) magnitude;
    StringBuilder text = new StringBuilder(seconds < 0 ? "-" : "");
    two(clock(text, whole / 86_400, whole / 3600 % 24, whole / 60 % 60), whole % 60);
    if (magnitude != whole && magnitude < 1e15) {
      String plain = new BigDecimal(magnitude).subtract(new BigDecimal(whole)).toPlainString();
      text.append(plain, 1, plain.length());
    }
    return text.toString();
  }

  /** The same as tradition has it: whole seconds in 32 bits, six digits of a fraction. */
  public static String interval(double seconds) {
    double magnitude = Math.abs(seconds);
    int whole = magnitude < Integer.MAX_VALUE + 1.0 ? (int) magnitude : Integer.MIN_VALUE;
    StringBuilder text = new StringBuilder(seconds < 0 ? "-" : "");
    clock(text, whole / 86_400, whole / 3600 % 24, whole / 60 % 60);
    double fraction = magnitude - Math.floor(magnitude);
    return fraction > 0
        ? text.append(sixDigits(whole % 60 + fraction)).toString()
        : two(text, whole % 60).toString();
  }

  private static StringBuilder clock(StringBuilder text, long days, long hours, long minutes) {
    if (days != 0) {
      text.append(days).append('+');
    }
    if (days != 0 || hours != 0) {
      two(text, hours).append(':');
    }
    if (days != 0 || hours != 0 || minutes != 0) {
      two(text, minutes).append(':');
    }
    return text;
  }

  /** As {@code %02g}. */
  private static String sixDigits(double value) {
    BigDecimal rounded =
        new BigDecimal(value)
            .round(new MathContext(DIGITS, RoundingMode.HALF_EVEN))
            .stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= -4) {
      String plain = rounded.toPlainString();
      return plain.length() < 2 ? "0" + plain : plain;
    }
    String digits = rounded.unscaledValue().toString();
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return two(new StringBuilder(mantissa).append("e-"), -exponent).toString();
  }

  private static StringBuilder two(StringBuilder text, long value) {
    return (value >= 0 && value < 10 ? text.append('0') : text).append(value);
  }
}
