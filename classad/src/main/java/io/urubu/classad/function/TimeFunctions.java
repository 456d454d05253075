package io.urubu.classad.function;

import io.urubu.classad.eval.AbortException;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.eval.Numbers;
import java.util.List;

/** The clock and times. Zones that are not given are that of the clock. */
final class TimeFunctions {
  private static final long DAY = 86_400;

  private TimeFunctions() {}

  static void register(Table table) {
    table.add("time", 0, 0, (_, evaluation) -> Datum.of(evaluation.now()));
    table.add("currentTime", 0, 0, (_, evaluation) -> now(evaluation));
    table.add("dayTime", 0, 0, (_, evaluation) -> dayTime(evaluation));
    table.add(
        "timeZoneOffset", 0, 0, (_, evaluation) -> new Datum.Interval(now(evaluation).offset()));
    table.add("absTime", 0, 2, TimeFunctions::absTime);
    table.add("relTime", TimeFunctions::relTime);
  }

  private static Datum.Moment now(Evaluation evaluation) {
    return Moments.local(evaluation.now(), evaluation.zone());
  }

  private static Datum dayTime(Evaluation evaluation) {
    Datum.Moment now = now(evaluation);
    return new Datum.Interval(Math.floorMod(now.seconds() + now.offset(), DAY));
  }

  /** Seconds and offset are cut to 32 bits, as the language has always done. */
  private static Datum absTime(List<Datum> arguments, Evaluation evaluation) {
    if (arguments.isEmpty()) {
      return now(evaluation);
    }
    Datum seconds = arguments.getFirst();
    boolean hasOffset = arguments.size() == 2;
    if (hasOffset && !isCountable(arguments.get(1))) {
      return Conversion.wrong("absTime", arguments.get(1));
    }
    int offset = hasOffset ? narrow(arguments.get(1)) : 0;
    if (hasOffset && offset == -1 && isCountable(seconds)) {
      throw new AbortException("absTime() with an offset of -1, which has always meant none");
    }
    return switch (seconds) {
      case Datum.Undefined _, Datum.Moment _, Datum.Text _ -> seconds;
      case Datum.Int _, Datum.Real _, Datum.Interval _ when hasOffset ->
          new Datum.Moment(narrow(seconds), offset);
      case Datum.Int _, Datum.Real _, Datum.Interval _ ->
          Moments.local(narrow(seconds), evaluation.zone());
      default -> Conversion.wrong("absTime", seconds);
    };
  }

  private static boolean isCountable(Datum value) {
    return value instanceof Datum.Int
        || value instanceof Datum.Real
        || value instanceof Datum.Interval;
  }

  private static int narrow(Datum value) {
    return switch (value) {
      case Datum.Int(long number) -> (int) number;
      case Datum.Interval(double seconds) -> Numbers.narrow(seconds);
      default -> Numbers.narrow(Numbers.real(value));
    };
  }

  /** Integers are cut to 32 bits; a string that is computed, not written, counts as none. */
  private static Datum relTime(Datum value) {
    return switch (value) {
      case Datum.Int(long number) -> new Datum.Interval((int) number);
      case Datum.Real(double number) -> new Datum.Interval(number);
      case Datum.Moment(long seconds, _) -> new Datum.Interval((double) seconds);
      case Datum.Text _ -> new Datum.Interval(0);
      case Datum.Interval _, Datum.Undefined _ -> value;
      default -> Conversion.wrong("relTime", value);
    };
  }
}
