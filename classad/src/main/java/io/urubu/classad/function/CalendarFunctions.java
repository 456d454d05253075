package io.urubu.classad.function;

import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Numbers;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;

/** Parts of times. Points in time are split in UTC. */
final class CalendarFunctions {
  private static final long DAY = 86_400;
  private static final long FIRST = -62_167_219_200L;
  private static final long LAST = 253_402_300_799L;

  private CalendarFunctions() {}

  static void register(Table table) {
    moment(table, "getYear", LocalDateTime::getYear);
    moment(table, "getMonth", LocalDateTime::getMonthValue);
    moment(table, "getDayOfMonth", LocalDateTime::getDayOfMonth);
    moment(table, "getDayOfWeek", time -> time.getDayOfWeek().getValue() % 7);
    moment(table, "getDayOfYear", time -> time.getDayOfYear() - 1L);
    table.add("getDays", value -> intervalPart("getDays", value, seconds -> seconds / DAY));
    either(table, "getHours", LocalDateTime::getHour, seconds -> seconds / 3600 % 24);
    either(table, "getMinutes", LocalDateTime::getMinute, seconds -> seconds / 60 % 60);
    either(table, "getSeconds", LocalDateTime::getSecond, seconds -> seconds % 60);
    table.add("interval", CalendarFunctions::interval);
  }

  private static void moment(Table table, String name, ToLongFunction<LocalDateTime> part) {
    table.add(name, value -> part(name, value, part));
  }

  private static void either(
      Table table,
      String name,
      ToLongFunction<LocalDateTime> ofMoment,
      ToLongFunction<Long> ofInterval) {
    table.add(
        name,
        value ->
            value instanceof Datum.Interval
                ? intervalPart(name, value, ofInterval)
                : part(name, value, ofMoment));
  }

  private static Datum part(String name, Datum value, ToLongFunction<LocalDateTime> part) {
    if (!(value instanceof Datum.Moment(long seconds, _))) {
      return Conversion.wrong(name, value);
    }
    long near = Math.clamp(seconds, FIRST, LAST);
    return Datum.of(part.applyAsLong(LocalDateTime.ofEpochSecond(near, 0, ZoneOffset.UTC)));
  }

  private static Datum intervalPart(String name, Datum value, ToLongFunction<Long> part) {
    return value instanceof Datum.Interval(double seconds)
        ? Datum.of(part.applyAsLong(Numbers.truncate(seconds)))
        : Conversion.wrong(name, value);
  }

  /** Days, hours, minutes and seconds as text, cut to 32 bits as the language always has. */
  private static Datum interval(Datum value) {
    OptionalDouble number = Conversion.number(value);
    if (number.isEmpty()) {
      return Conversion.wrong("interval", value);
    }
    int seconds = (int) Numbers.truncate(number.getAsDouble());
    long left = Math.abs((long) seconds);
    String sign = seconds < 0 ? "-" : "";
    long hours = left / 3600 % 24;
    String clock = twoDigits(left / 60 % 60) + ":" + twoDigits(left % 60);
    if (left >= DAY) {
      return Datum.of(sign + left / DAY + "+" + twoDigits(hours) + ":" + clock);
    }
    if (hours > 0) {
      return Datum.of(sign + hours + ":" + clock);
    }
    return left >= 60
        ? Datum.of(sign + left / 60 + ":" + twoDigits(left % 60))
        : Datum.of(sign + left);
  }

  private static String twoDigits(long value) {
    return value < 10 ? "0" + value : Long.toString(value);
  }
}
