package io.urubu.classad.function;

import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.eval.Numbers;
import java.util.List;

/** The clock and times. Zones that are not given are UTC. */
final class TimeFunctions {
  private static final double SECONDS_OF_DAY = 86_400;

  private TimeFunctions() {}

  static void register(Table table) {
    table.add("time", 0, 0, (_, evaluation) -> Datum.of(evaluation.now()));
    table.add("currentTime", 0, 0, (_, evaluation) -> new Datum.Moment(evaluation.now(), 0));
    table.add(
        "dayTime", 0, 0, (_, evaluation) -> new Datum.Interval(evaluation.now() % SECONDS_OF_DAY));
    table.add("timeZoneOffset", 0, 0, (_, _) -> new Datum.Interval(0));
    table.add("absTime", 0, 2, TimeFunctions::absTime);
    table.add("relTime", TimeFunctions::relTime);
  }

  /** Seconds and offset are cut to 32 bits, as the language has always done. */
  private static Datum absTime(List<Datum> arguments, Evaluation evaluation) {
    if (arguments.isEmpty()) {
      return new Datum.Moment(evaluation.now(), 0);
    }
    Datum seconds = arguments.getFirst();
    if (seconds instanceof Datum.Undefined || seconds instanceof Datum.Moment) {
      return seconds;
    }
    Datum offset = arguments.size() == 2 ? arguments.get(1) : Datum.of(0L);
    if (!isCountable(seconds)) {
      return Conversion.wrong("absTime", seconds);
    }
    return isCountable(offset)
        ? new Datum.Moment((int) whole(seconds), (int) whole(offset))
        : Conversion.wrong("absTime", offset);
  }

  private static boolean isCountable(Datum value) {
    return value instanceof Datum.Int
        || value instanceof Datum.Real
        || value instanceof Datum.Interval;
  }

  private static long whole(Datum value) {
    return value instanceof Datum.Interval(double seconds)
        ? Numbers.truncate(seconds)
        : Numbers.integer(value);
  }

  private static Datum relTime(Datum value) {
    return switch (value) {
      case Datum.Int(long number) -> new Datum.Interval((double) number);
      case Datum.Real(double number) -> new Datum.Interval(number);
      case Datum.Moment(long seconds, _) -> new Datum.Interval((double) seconds);
      case Datum.Interval _, Datum.Undefined _ -> value;
      default -> Conversion.wrong("relTime", value);
    };
  }
}
