package io.urubu.classad.function;

import io.urubu.classad.ast.ByteText;
import io.urubu.classad.ast.Name;
import io.urubu.classad.eval.Attributes;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.eval.Numbers;
import io.urubu.classad.eval.Programs;
import io.urubu.classad.eval.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Times as ads of their parts, and as text. */
final class SplitTimeFunctions {
  private static final String FORMAT = "%c";
  private static final int LONGEST = 1023;
  private static final List<Name> OF_MOMENT =
      names("Type", "Year", "Month", "Day", "Hours", "Minutes", "Seconds", "Offset");
  private static final List<Name> OF_INTERVAL =
      names("Type", "Days", "Hours", "Minutes", "Seconds");

  private SplitTimeFunctions() {}

  static void register(Table table) {
    table.add("splitTime", 1, 1, (arguments, run) -> split(arguments.getFirst(), run));
    table.addUntil("formatTime", 0, 2, a -> !isFormatted(a.getFirst()), SplitTimeFunctions::format);
  }

  private static List<Name> names(String... names) {
    return List.of(names).stream().map(Name::of).toList();
  }

  private static Datum split(Datum value, Evaluation evaluation) {
    if (value instanceof Datum.Interval(double seconds)) {
      return Scope.of(Attributes.of(OF_INTERVAL, parts(seconds)));
    }
    Datum.Moment moment = moment(value, evaluation);
    if (moment == null) {
      return Conversion.isUndefined(value) ? value : Conversion.wrong("splitTime", value);
    }
    CivilTime time = CivilTime.of(moment.seconds() + moment.offset());
    return Scope.of(
        Attributes.of(
            OF_MOMENT,
            List.of(
                Datum.of("AbsoluteTime"),
                Datum.of((long) time.year()),
                Datum.of((long) time.month()),
                Datum.of((long) time.day()),
                Datum.of((long) time.hour()),
                Datum.of((long) time.minute()),
                Datum.of((long) time.second()),
                Datum.of((long) moment.offset()))));
  }

  /** The sign goes to the largest part that is not zero. Seconds are cut to 32 bits. */
  private static List<Datum> parts(double interval) {
    double magnitude = Math.abs(interval);
    int whole = Numbers.narrow(magnitude);
    int days = whole / 86_400;
    int hours = whole / 3600 % 24;
    int minutes = whole / 60 % 60;
    double seconds = whole % 60 + (magnitude - Math.floor(magnitude));
    if (interval < 0) {
      if (days > 0) {
        days = -days;
      } else if (hours > 0) {
        hours = -hours;
      } else if (minutes > 0) {
        minutes = -minutes;
      } else {
        seconds = -seconds;
      }
    }
    return List.of(
        Datum.of("RelativeTime"),
        Datum.of((long) days),
        Datum.of((long) hours),
        Datum.of((long) minutes),
        Datum.of(seconds));
  }

  private static Datum format(List<Datum> arguments, Evaluation evaluation) {
    for (Datum argument : arguments) {
      if (Conversion.isFailure(argument)) {
        return argument;
      }
    }
    String format = FORMAT;
    if (arguments.size() == 2) {
      if (!(arguments.get(1) instanceof Datum.Text(String given))) {
        return Conversion.wrong("formatTime", arguments.get(1));
      }
      format = given;
    }
    CivilTime time =
        arguments.isEmpty()
            ? civil(Moments.local(evaluation.now(), evaluation.zone()))
            : civil(arguments.getFirst(), evaluation);
    if (time == null) {
      return Conversion.wrong("formatTime", arguments.getFirst());
    }
    String text = TimeFormat.print(time, ByteText.bytes(format), evaluation.zone());
    return Datum.of(text.length() > LONGEST ? "" : ByteText.text(text));
  }

  private static boolean isFormatted(Datum value) {
    return switch (value) {
      case Datum.Int _, Datum.Real _, Datum.Moment _, Scope _ -> true;
      default -> false;
    };
  }

  private static @Nullable CivilTime civil(Datum value, Evaluation evaluation) {
    if (value instanceof Scope ad) {
      return CivilTime.of(
          part(ad, "Year", 1900, evaluation),
          part(ad, "Month", 1, evaluation),
          part(ad, "Day", 0, evaluation),
          part(ad, "Hours", 0, evaluation),
          part(ad, "Minutes", 0, evaluation),
          part(ad, "Seconds", 0, evaluation));
    }
    Datum.Moment moment = moment(value, evaluation);
    return moment == null ? null : civil(moment);
  }

  private static CivilTime civil(Datum.Moment moment) {
    return CivilTime.of(moment.seconds() + moment.offset());
  }

  private static int part(Scope ad, String name, int missing, Evaluation evaluation) {
    Datum value = evaluation.runContained(Programs.reference(Name.of(name), false), ad);
    return value instanceof Datum.Int(long number) ? (int) number : missing;
  }

  private static Datum.@Nullable Moment moment(Datum value, Evaluation evaluation) {
    return switch (value) {
      case Datum.Moment moment -> moment;
      case Datum.Int(long number) -> {
        int narrow = (int) number; // as the language has always done it
        yield Moments.local(narrow, evaluation.zone());
      }
      case Datum.Real(double number) -> Moments.local(Numbers.narrow(number), evaluation.zone());
      default -> null;
    };
  }
}
