package io.urubu.classad.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.temporal.IsoFields;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class WeekYearTest {
  @Test
  void everyDayOfAllKindsOfYearsIsInItsWeek() {
    for (LocalDate day = LocalDate.of(1990, 1, 1); day.getYear() < 2030; day = day.plusDays(1)) {
      CivilTime time = CivilTime.of(day.toEpochDay() * 86_400);

      assertThat(WeekYear.of(time))
          .as("%s", day)
          .isEqualTo(
              new WeekYear(
                  day.get(IsoFields.WEEK_BASED_YEAR), day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)));
    }
  }
}
