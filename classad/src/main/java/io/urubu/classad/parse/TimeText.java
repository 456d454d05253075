package io.urubu.classad.parse;

import io.urubu.classad.ast.Literal;
import io.urubu.classad.ast.Span;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the texts of times; a malformed one is null. A moment without a zone is one of the
 * machine's zone.
 */
final class TimeText {
  private static final int LONGEST = 1200;
  private static final Pattern ZONE = Pattern.compile("(?<!^)([+-])(\\d\\d):?(\\d\\d)$");

  private TimeText() {}

  static Literal.@Nullable Moment moment(String text, Span span) {
    if (text.length() > LONGEST) {
      return null;
    }
    String rest = text;
    Integer offset = null;
    Matcher zone = ZONE.matcher(text);
    if (text.endsWith("Z") || text.endsWith("z")) {
      rest = text.substring(0, text.length() - 1);
      offset = 0;
    } else if (zone.find()) {
      rest = text.substring(0, zone.start());
      int seconds = Integer.parseInt(zone.group(2)) * 3600 + Integer.parseInt(zone.group(3)) * 60;
      offset = zone.group(1).equals("-") ? -seconds : seconds;
    }
    int[] parts = parts(rest);
    if (parts.length == 0) {
      return null;
    }
    long local = seconds(parts);
    int given = offset == null ? offset(local) : offset;
    // One second before 1970 is how C says that a time is none.
    return local == -1 ? null : new Literal.Moment(local - given, given, span);
  }

  /** Year, month, day, hours, minutes, seconds, wherever the next digit is; empty if malformed. */
  private static int[] parts(String text) {
    int[] parts = {0, 1, 0, 0, 0, 0};
    int at = nextDigit(text, 0);
    int width = 4;
    for (int i = 0; i < parts.length && at + width <= text.length(); i++) {
      parts[i] = number(text, at, at + width);
      at = nextDigit(text, at + width);
      width = 2;
    }
    return width == 2 && at >= text.length() ? parts : new int[0];
  }

  private static int nextDigit(String text, int from) {
    int at = from;
    while (at < text.length() && !Lexer.isDigit(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** The digits that these characters begin with: a malformed text still says something. */
  private static int number(String text, int from, int to) {
    int value = 0;
    for (int at = from; at < to && Lexer.isDigit(text.charAt(at)); at++) {
      value = value * 10 + (text.charAt(at) - '0');
    }
    return value;
  }

  private static long seconds(int[] parts) {
    LocalDate day = LocalDate.of(parts[0], 1, 1).plusMonths(parts[1] - 1L).plusDays(parts[2] - 1L);
    return day.toEpochDay() * 86_400 + parts[3] * 3600L + parts[4] * 60L + parts[5];
  }

  /** The machine's offset when its clock, put to standard time, shows this. */
  private static int offset(long local) {
    ZoneRules rules = ZoneId.systemDefault().getRules();
    int standard = rules.getStandardOffset(Instant.ofEpochSecond(local)).getTotalSeconds();
    return rules.getOffset(Instant.ofEpochSecond(local - standard)).getTotalSeconds();
  }
}
