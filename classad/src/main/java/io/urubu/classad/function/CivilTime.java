package io.urubu.classad.function;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * The parts of a time on the clock and in the calendar, as C has them; each may be out of its
 * range. Months count from 1, days of the year from 0, days of the week from Sunday = 0.
 */
record CivilTime(
    int year, int month, int day, int hour, int minute, int second, int weekday, int yearday) {
  private static final long FIRST = LocalDateTime.MIN.toEpochSecond(ZoneOffset.UTC);
  private static final long LAST = LocalDateTime.MAX.toEpochSecond(ZoneOffset.UTC);

  /** The time that UTC shows so many seconds after 1970. */
  static CivilTime of(long seconds) {
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(Math.clamp(seconds, FIRST, LAST), 0, ZoneOffset.UTC);
    return new CivilTime(
        time.getYear(),
        time.getMonthValue(),
        time.getDayOfMonth(),
        time.getHour(),
        time.getMinute(),
        time.getSecond(),
        time.getDayOfWeek().getValue() % 7,
        time.getDayOfYear() - 1);
  }

  /** A time from its parts, whatever they are. */
  static CivilTime of(int year, int month, int day, int hour, int minute, int second) {
    int days = days(year, month, day);
    return new CivilTime(year, month, day, hour, minute, second, days % 7, days - days(year, 1, 1));
  }

  /**
   * How many days this one is after the last day of the year before year 1 (Dershowitz and
   * Reingold, Calendrical Calculations); what a month out of its range gives is that formula's.
   */
  private static int days(int year, int month, int day) {
    int correction = month <= 2 ? 0 : isLeap(year) ? -1 : -2;
    int before = year - 1;
    return 365 * before
        + Math.floorDiv(before, 4)
        - Math.floorDiv(before, 100)
        + Math.floorDiv(before, 400)
        + (367 * month - 362) / 12
        + correction
        + day;
  }

  static boolean isLeap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  /** 0 on Mondays, 6 on Sundays, whatever number the day of the week has. */
  int daysSinceMonday() {
    return Math.floorMod(weekday - 1, 7);
  }

  /** Seconds since 1970 if a clock of UTC showed this time; parts out of range carry over. */
  long seconds() {
    long months = (long) year * 12 + month - 1;
    long years = Math.floorDiv(months, 12L);
    long day0 =
        LocalDateTime.of((int) Math.clamp(years, -999_999L, 999_999L), 1, 1, 0, 0)
            .plusMonths(Math.floorMod(months, 12L))
            .toEpochSecond(ZoneOffset.UTC);
    return day0 + (day - 1L) * 86_400 + hour * 3600L + minute * 60L + second;
  }
}
