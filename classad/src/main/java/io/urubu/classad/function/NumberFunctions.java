package io.urubu.classad.function;

import io.urubu.classad.ast.Name;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Items;
import io.urubu.classad.eval.Numbers;
import io.urubu.classad.eval.Scope;
import io.urubu.classad.eval.Values;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/** Conversions to numbers and booleans, rounding and powers. */
final class NumberFunctions {
  private NumberFunctions() {}

  static void register(Table table) {
    table.add("int", NumberFunctions::integer);
    table.add("real", NumberFunctions::real);
    table.add("bool", NumberFunctions::bool);
    table.add("floor", value -> rounded("floor", value, Math::floor));
    table.add("ceil", value -> rounded("ceil", value, Math::ceil));
    table.add("ceiling", value -> rounded("ceiling", value, Math::ceil));
    table.add("round", value -> rounded("round", value, Math::rint));
    table.add("pow", 2, 2, (arguments, _) -> pow(arguments));
  }

  private static Datum integer(Datum value) {
    if (value instanceof Datum.Int || value instanceof Datum.Undefined) {
      return value;
    }
    if (value instanceof Datum.Moment(long seconds, _)) {
      return Datum.of(seconds);
    }
    OptionalDouble number = Conversion.number(value);
    return number.isPresent()
        ? Datum.of(Numbers.truncate(number.getAsDouble()))
        : Conversion.wrong("int", value);
  }

  private static Datum real(Datum value) {
    if (value instanceof Datum.Undefined) {
      return value;
    }
    OptionalDouble number = Conversion.number(value);
    return number.isPresent() ? Datum.of(number.getAsDouble()) : Conversion.wrong("real", value);
  }

  private static Datum bool(Datum value) {
    return switch (value) {
      case Datum.Bool _, Datum.Undefined _, Datum.Failure _ -> value;
      case Datum.Int(long number) -> Datum.of(number != 0);
      case Datum.Real(double number) -> Datum.of(number != 0);
      case Datum.Interval(double seconds) -> Datum.of(Numbers.narrow(seconds) != 0);
      case Datum.Text(String text) ->
          switch (Name.key(text)) {
            case "true" -> Values.TRUE;
            case "false" -> Values.FALSE;
            default -> Values.UNDEFINED;
          };
      case Datum.Moment _, Items _, Scope _ -> Conversion.wrong("bool", value);
    };
  }

  private static Datum rounded(String name, Datum value, DoubleUnaryOperator rounding) {
    if (value instanceof Datum.Int) {
      return value;
    }
    OptionalDouble number = Conversion.number(value);
    return number.isPresent()
        ? Datum.of(Numbers.truncate(rounding.applyAsDouble(number.getAsDouble())))
        : Conversion.wrong(name, value);
  }

  /** The power of two integers is the real one plus a half, cut off: pow(-2, 3) is -7. */
  private static Datum pow(List<Datum> arguments) {
    Datum base = arguments.get(0);
    Datum exponent = arguments.get(1);
    if (base instanceof Datum.Int(long a) && exponent instanceof Datum.Int(long b) && b >= 0) {
      return Datum.of(Numbers.truncate(Math.pow((double) a, (double) b) + 0.5));
    }
    OptionalDouble a = Conversion.number(base);
    OptionalDouble b = Conversion.number(exponent);
    if (a.isEmpty()) {
      return Conversion.wrong("pow", base);
    }
    return b.isEmpty()
        ? Conversion.wrong("pow", exponent)
        : Datum.of(Math.pow(a.getAsDouble(), b.getAsDouble()));
  }
}
