package io.urubu.classad.print;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;

/** Writes times. */
public final class Times {
  private static final long FIRST = -62_167_219_200L;
  private static final long LAST = 253_402_300_799L;

  private Times() {}

  /** {@code 2020-01-02T03:04:05+01:00}; an offset of zero is {@code -00:00}. */
  public static String moment(long seconds, int offset) {
    long local = Math.clamp(seconds + offset, FIRST, LAST);
    LocalDateTime time = LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC);
    int zone = Math.abs(offset);
    return String.format(
        Locale.ROOT,
        "%04d-%02d-%02dT%02d:%02d:%02d%s%02d:%02d",
        time.getYear(),
        time.getMonthValue(),
        time.getDayOfMonth(),
        time.getHour(),
        time.getMinute(),
        time.getSecond(),
        offset > 0 ? "+" : "-",
        zone / 3600,
        zone / 60 % 60);
  }

  /** The call that gives a moment. */
  static String call(long seconds, int offset) {
    return "absTime(\"" + moment(seconds, offset) + "\")";
  }

  /** The same, by number where the text would not be read back. */
  static String exact(long seconds, int offset) {
    return seconds == -1 ? "absTime(-1," + offset + ")" : call(seconds, offset);
  }

  /** {@code [-][days+]hh:mm:ss}, shortened from the left; fractions only when asked for. */
  public static String interval(double seconds, boolean fractions) {
    double magnitude = Math.abs(seconds);
    long whole = (long) magnitude;
    StringBuilder text = new StringBuilder(seconds < 0 ? "-" : "");
    long days = whole / 86_400;
    long hours = whole / 3600 % 24;
    long minutes = whole / 60 % 60;
    if (days > 0) {
      text.append(days).append('+');
    }
    if (days > 0 || hours > 0) {
      text.append(twoDigits(hours)).append(':');
    }
    if (days > 0 || hours > 0 || minutes > 0) {
      text.append(twoDigits(minutes)).append(':');
    }
    text.append(twoDigits(whole % 60));
    if (fractions && magnitude != whole && magnitude < 1e15) {
      String plain = new BigDecimal(magnitude).subtract(new BigDecimal(whole)).toPlainString();
      text.append(plain, 1, plain.length());
    }
    return text.toString();
  }

  private static String twoDigits(long value) {
    return value < 10 ? "0" + value : Long.toString(value);
  }
}
