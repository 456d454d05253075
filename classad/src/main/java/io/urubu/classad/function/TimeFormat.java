package io.urubu.classad.function;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.TimeZone;

/** Writes times as C's strftime does in the C locale. */
final class TimeFormat {
  private static final String[] DAYS = {
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"
  };
  private static final String[] MONTHS = {
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December"
  };

  private final CivilTime time;
  private final ZoneId zone;
  private final StringBuilder out = new StringBuilder();

  private String format = "";
  private int at;
  private char padding;
  private int width;
  private boolean upper;
  private boolean swapped;

  private TimeFormat(CivilTime time, ZoneId zone) {
    this.time = time;
    this.zone = zone;
  }

  static String print(CivilTime time, String format, ZoneId zone) {
    TimeFormat printer = new TimeFormat(time, zone);
    printer.print(format);
    return printer.out.toString();
  }

  private void print(String text) {
    format = text;
    for (at = 0; at < format.length(); at++) {
      char c = format.charAt(at);
      if (c == '%') {
        directive();
      } else {
        out.append(c);
      }
    }
  }

  private void directive() {
    int from = at++;
    flags();
    width = 0;
    while (peek() >= '0' && peek() <= '9') {
      width = (int) Math.min(1L << 20, width * 10L + (format.charAt(at++) - '0'));
    }
    char modifier = peek();
    if (modifier == 'E' || modifier == 'O') {
      at++;
    } else {
      modifier = '\0';
    }
    char c = peek();
    if (!field(c, modifier)) {
      at = Math.min(at, format.length() - 1);
      text(format.substring(from, at + 1));
    }
  }

  private void flags() {
    padding = '\0';
    upper = false;
    swapped = false;
    for (; at < format.length(); at++) {
      char c = format.charAt(at);
      switch (c) {
        case '_', '-', '0' -> padding = c;
        case '^' -> upper = true;
        case '#' -> swapped = true;
        default -> {
          return;
        }
      }
    }
  }

  private char peek() {
    return at < format.length() ? format.charAt(at) : '\0';
  }

  /** Writes what the letter stands for; false if it stands for nothing with this modifier. */
  private boolean field(char c, char modifier) {
    boolean plain = modifier == '\0';
    return switch (c) {
      case 'a', 'A' -> plain && word(DAYS, time.weekday(), c == 'a');
      case 'b', 'h', 'B' -> modifier != 'E' && word(MONTHS, time.month() - 1, c != 'B');
      case 'p', 'P', 'Z' -> half(c);
      case '%' -> plain && text("%");
      case 'n' -> text("\n");
      case 't' -> text("\t");
      case 'c' -> modifier != 'O' && nested("%a %b %e %H:%M:%S %Y");
      case 'x' -> modifier != 'O' && nested("%m/%d/%y");
      case 'X' -> modifier != 'O' && nested("%H:%M:%S");
      case 'D' -> plain && nested("%m/%d/%y");
      case 'F' -> plain && nested("%Y-%m-%d");
      case 'T' -> nested("%H:%M:%S");
      case 'R' -> nested("%H:%M");
      case 'r' -> nested("%I:%M:%S %p");
      case 'z' -> offset();
      case 's' -> seconds();
      case 'Y' -> modifier != 'O' && number(1, time.year());
      case 'C' -> number(1, Math.floorDiv(time.year(), 100));
      case 'y' -> number(2, Math.floorMod(time.year(), 100));
      case 'u' -> number(1, time.daysSinceMonday() + 1L);
      default -> modifier != 'E' && number(c);
    };
  }

  private boolean number(char c) {
    int weekday = time.weekday();
    int yearday = time.yearday();
    int hour = time.hour();
    return switch (c) {
      case 'd' -> number(2, time.day());
      case 'e' -> blankNumber(2, time.day());
      case 'H' -> number(2, hour);
      case 'k' -> blankNumber(2, hour);
      case 'I' -> number(2, ofHalf(hour));
      case 'l' -> blankNumber(2, ofHalf(hour));
      case 'j' -> number(3, 1L + yearday);
      case 'M' -> number(2, time.minute());
      case 'm' -> number(2, time.month());
      case 'S' -> number(2, time.second());
      case 'w' -> number(1, weekday);
      case 'U' -> number(2, (yearday + 7 - weekday) / 7);
      case 'W' -> number(2, (yearday + 7 - time.daysSinceMonday()) / 7);
      case 'G' -> number(1, WeekYear.of(time).year());
      case 'g' -> number(2, Math.floorMod(WeekYear.of(time).year(), 100));
      case 'V' -> number(2, WeekYear.of(time).week());
      default -> false;
    };
  }

  private static int ofHalf(int hour) {
    return hour == 0 ? 12 : hour <= 12 ? hour : hour - 12;
  }

  private boolean word(String[] words, int index, boolean cut) {
    upper |= swapped;
    if (index < 0 || index >= words.length) {
      return text("?");
    }
    return text(cut ? words[index].substring(0, 3) : words[index]);
  }

  /** The half of the day, or the zone's name. */
  private boolean half(char c) {
    String text = c == 'Z' ? zoneName() : time.hour() > 11 ? "PM" : "AM";
    boolean lower = c == 'P' || swapped;
    upper &= !lower;
    return text(lower ? text.toLowerCase(Locale.ROOT) : text);
  }

  private String zoneName() {
    return TimeZone.getTimeZone(zone).getDisplayName(false, TimeZone.SHORT, Locale.ROOT);
  }

  /** The parts know no zone: their offset is none. */
  private boolean offset() {
    text("+");
    return number(4, 0);
  }

  /** What the clock's parts mean in the zone's standard time. */
  private boolean seconds() {
    long seconds = time.seconds();
    int offset =
        zone.getRules().getStandardOffset(Instant.ofEpochSecond(seconds)).getTotalSeconds();
    return text(Long.toString(seconds - offset));
  }

  private boolean nested(String subformat) {
    TimeFormat inner = new TimeFormat(time, zone);
    inner.print(subformat);
    return text(inner.out.toString());
  }

  private boolean blankNumber(int digits, long value) {
    if (padding != '0' && padding != '-') {
      padding = '_';
    }
    return number(digits, value);
  }

  private boolean number(int digits, long value) {
    String plain = Long.toString(Math.abs(value));
    String sign = value < 0 ? "-" : "";
    int missing = padding == '-' ? 0 : Math.max(digits, width) - plain.length() - sign.length();
    if (missing <= 0) {
      return text(sign + plain);
    }
    if (padding == '_') {
      out.repeat(' ', missing);
      width -= Math.min(width, missing);
      return text(sign + plain);
    }
    return text(sign + "0".repeat(missing) + plain);
  }

  private boolean text(String text) {
    int missing = width - text.length();
    if (missing > 0) {
      out.repeat(padding == '0' ? '0' : ' ', missing);
    }
    out.append(upper ? text.toUpperCase(Locale.ROOT) : text);
    return true;
  }
}
