package io.urubu.classad.function;

/** A week by ISO 8601: weeks begin on Monday, the first one of a year holds January 4. */
record WeekYear(int year, int week) {
  private static final int MANY_WEEKS = 378;
  private static final int THURSDAY = 4;

  static WeekYear of(CivilTime time) {
    int year = time.year();
    int days = days(time.yearday(), time.weekday());
    if (days < 0) {
      year--;
      days = days(time.yearday() + length(year), time.weekday());
    } else {
      int next = days(time.yearday() - length(year), time.weekday());
      if (next >= 0) {
        year++;
        days = next;
      }
    }
    return new WeekYear(year, days / 7 + 1);
  }

  private static int length(int year) {
    return CivilTime.isLeap(year) ? 366 : 365;
  }

  /** How many days lie between the first day of the first week and this one. */
  private static int days(int yearday, int weekday) {
    return yearday - (yearday - weekday + THURSDAY + MANY_WEEKS) % 7 + THURSDAY - 1;
  }
}
