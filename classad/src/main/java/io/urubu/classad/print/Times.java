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
  private static final int LONGEST_ZONE = 99 * 3600 + 99 * 60;

  private Times() {}

  /** {@code 2020-01-02T03:04:05+01:00}; an offset of zero is {@code -00:00}. */
  public static String moment(long seconds, int offset) {
    LocalDateTime time = local(seconds, offset);
    StringBuilder text = new StringBuilder(32).append(time.getYear());
    two(text.append('-'), time.getMonthValue());
    two(text.append('-'), time.getDayOfMonth());
    long zone = Math.abs((long) offset);
    return clockAndZone(text, time, offset, zone / 3600, zone / 60 % 60);
  }

  private static LocalDateTime local(long seconds, int offset) {
    long local = Math.clamp(seconds + offset, FIRST, LAST);
    return LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC);
  }

  private static String clockAndZone(
      StringBuilder text, LocalDateTime time, int offset, long hours, long minutes) {
    two(text.append('T'), time.getHour());
    two(text.append(':'), time.getMinute());
    two(text.append(':'), time.getSecond());
    two(text.append(offset > 0 ? '+' : '-'), hours);
    return two(text.append(':'), minutes).toString();
  }

  /** The call that gives a moment. */
  static String call(long seconds, int offset) {
    return "absTime(\"" + moment(seconds, offset) + "\")";
  }

  /** The same so that it is read back, by number where no text would be. */
  static String exact(long seconds, int offset) {
    long zone = Math.abs((long) offset);
    if (seconds + offset == -1 || zone % 60 != 0 || zone > LONGEST_ZONE) {
      return "absTime(" + seconds + "," + offset + ")";
    }
    LocalDateTime time = local(seconds, offset);
    int year = Math.clamp(time.getYear(), 0, 9999);
    // Months count on where a year has no four digits; the earliest day is 0 of month 0.
    int month = time.getMonthValue() + 12 * (time.getYear() - year);
    int day = month < 0 ? 0 : time.getDayOfMonth();
    StringBuilder text = new StringBuilder(48).append("absTime(\"");
    two(two(text, year / 100), year % 100);
    two(text.append('-'), Math.max(month, 0));
    two(text.append('-'), day);
    long hours = Math.min(zone / 3600, 99);
    return clockAndZone(text, time, offset, hours, zone / 60 - hours * 60) + "\")";
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
