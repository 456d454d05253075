package io.urubu.classad.function;

import io.urubu.classad.ast.ByteText;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.eval.Items;
import io.urubu.classad.eval.Numbers;
import io.urubu.classad.eval.Scope;
import io.urubu.classad.eval.Trees;
import io.urubu.classad.eval.Values;
import io.urubu.classad.limit.Limits;
import io.urubu.classad.print.Printer;
import io.urubu.classad.print.Style;
import io.urubu.classad.print.Times;
import java.util.List;
import java.util.OptionalDouble;

/** Conversions between kinds of values. */
final class Conversion {
  private Conversion() {}

  /** The same as work of the evaluation; a list or an ad may not come to more than a string. */
  static String text(Datum value, Evaluation evaluation) {
    if (!(value instanceof Items) && !(value instanceof Scope)) {
      return text(value);
    }
    String text;
    try {
      text = Printer.print(Trees.of(value), Style.CANONICAL, Limits.STRING_CHARS);
    } catch (Printer.TooLongException _) {
      evaluation.room(Limits.STRING_CHARS + 1L);
      return "";
    }
    evaluation.room(text.length());
    evaluation.spend(text.length() / 4);
    return text;
  }

  /** The text of any value: strings as they are, times bare, the rest as it is printed. */
  static String text(Datum value) {
    return switch (value) {
      case Datum.Text(String text) -> text;
      case Datum.Int(long number) -> Long.toString(number);
      case Datum.Moment(long seconds, int offset) -> Times.moment(seconds, offset);
      case Datum.Interval(double seconds) -> Times.interval(Numbers.narrow(seconds));
      case Datum.Undefined _, Datum.Failure _, Datum.Bool _, Datum.Real _, Items _, Scope _ ->
          Printer.print(Trees.of(value), Style.CANONICAL);
    };
  }

  /** A string of pieces put together. */
  static Datum joined(CharSequence text) {
    return Datum.of(ByteText.joined(text.toString()));
  }

  /** The number in a value: numbers, booleans, times, and what a string begins with. */
  static OptionalDouble number(Datum value) {
    return switch (value) {
      case Datum.Int _, Datum.Real _, Datum.Bool _ -> OptionalDouble.of(Numbers.real(value));
      case Datum.Text(String text) -> NumberText.prefix(text);
      case Datum.Moment(long seconds, _) -> OptionalDouble.of((double) seconds);
      case Datum.Interval(double seconds) -> OptionalDouble.of(Numbers.narrow(seconds));
      case Datum.Undefined _, Datum.Failure _, Items _, Scope _ -> OptionalDouble.empty();
    };
  }

  static boolean isUndefined(Datum value) {
    return value instanceof Datum.Undefined;
  }

  static boolean isFailure(Datum value) {
    return value instanceof Datum.Failure;
  }

  /** The first error among the arguments, else undefined if one is, else false. */
  static Datum strict(List<Datum> arguments) {
    Datum found = Values.FALSE;
    for (Datum argument : arguments) {
      if (isFailure(argument)) {
        return argument;
      }
      if (isUndefined(argument)) {
        found = argument;
      }
    }
    return found;
  }

  /** The first undefined among the arguments, else the first error, else false. */
  static Datum missing(List<Datum> arguments) {
    return arguments.stream()
        .filter(Conversion::isUndefined)
        .findFirst()
        .orElseGet(() -> strict(arguments));
  }

  static Datum wrong(String function, Datum argument) {
    return isFailure(argument) ? argument : Datum.failure(function + "() of " + argument.kind());
  }
}
