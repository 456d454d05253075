package io.urubu.classad.function;

import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.eval.Numbers;
import java.util.OptionalDouble;
import java.util.function.IntUnaryOperator;
import java.util.function.ToIntFunction;

/** Parts of times. Points in time are split where the clock hangs, whatever their own offset. */
final class CalendarFunctions {
  private static final int DAY = 86_400;

  private CalendarFunctions() {}

  static void register(Table table) {
    moment(table, "getYear", CivilTime::year);
    moment(table, "getMonth", CivilTime::month);
    moment(table, "getDayOfMonth", CivilTime::day);
    moment(table, "getDayOfWeek", CivilTime::weekday);
    moment(table, "getDayOfYear", CivilTime::yearday);
    table.add("getDays", value -> intervalPart("getDays", value, seconds -> seconds / DAY));
    either(table, "getHours", CivilTime::hour, seconds -> seconds / 3600 % 24);
    either(table, "getMinutes", CivilTime::minute, seconds -> seconds / 60 % 60);
    either(table, "getSeconds", CivilTime::second, seconds -> seconds % 60);
    table.add("interval", CalendarFunctions::interval);
  }

  private static void moment(Table table, String name, ToIntFunction<CivilTime> part) {
    table.add(name, 1, 1, (arguments, run) -> part(name, arguments.getFirst(), part, run));
  }

  private static void either(
      Table table, String name, ToIntFunction<CivilTime> ofMoment, IntUnaryOperator ofInterval) {
    table.add(
        name,
        1,
        1,
        (arguments, run) ->
            arguments.getFirst() instanceof Datum.Interval
                ? intervalPart(name, arguments.getFirst(), ofInterval)
                : part(name, arguments.getFirst(), ofMoment, run));
  }

  private static Datum part(
      String name, Datum value, ToIntFunction<CivilTime> part, Evaluation evaluation) {
    if (!(value instanceof Datum.Moment(long seconds, _))) {
      return Conversion.wrong(name, value);
    }
    int offset = Moments.offset(seconds, evaluation.zone());
    return Datum.of((long) part.applyAsInt(CivilTime.of(seconds + offset)));
  }

  private static Datum intervalPart(String name, Datum value, IntUnaryOperator part) {
    return value instanceof Datum.Interval(double seconds)
        ? Datum.of((long) part.applyAsInt(Numbers.narrow(seconds)))
        : Conversion.wrong(name, value);
  }

  /** Days, hours, minutes and seconds as text, cut to 32 bits as the language always has. */
  private static Datum interval(Datum value) {
    OptionalDouble number = Conversion.number(value);
    if (number.isEmpty()) {
      return Conversion.wrong("interval", value);
    }
    int seconds =
        value instanceof Datum.Int(long whole)
            ? (int) whole
            : (int) Numbers.truncate(number.getAsDouble());
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
