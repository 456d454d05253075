package io.urubu.classad.function;

/** A week by ISO 8601: it begins on Monday, and belongs to the year that its Thursday is in. */
record WeekYear(int year, int week) {
  private static final int FROM_MONDAY_TO_THURSDAY = 3;

  static WeekYear of(CivilTime time) {
    int year = time.year();
    int thursday = time.yearday() - time.daysSinceMonday() + FROM_MONDAY_TO_THURSDAY;
    if (thursday < 0) {
      year--;
      thursday += length(year);
    } else if (thursday >= length(year)) {
      thursday -= length(year);
      year++;
    }
    return new WeekYear(year, thursday / 7 + 1);
  }

  private static int length(int year) {
    return CivilTime.isLeap(year) ? 366 : 365;
  }
}
