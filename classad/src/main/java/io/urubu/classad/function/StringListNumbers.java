package io.urubu.classad.function;

import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Numbers;
import io.urubu.classad.eval.Values;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleBinaryOperator;

/** Numbers in lists that are written in a string. */
final class StringListNumbers {
  private StringListNumbers() {}

  static void register(Table table) {
    Datum none = Datum.of(0.0);
    table.add("stringListSum", 1, 2, (a, _) -> folded(a, 0, Double::sum, none));
    table.add("stringListAvg", 1, 2, (a, _) -> average(a, none));
    table.add(
        "stringListMin",
        1,
        2,
        (a, _) -> folded(a, Float.MAX_VALUE, StringListNumbers::lesser, Values.UNDEFINED));
    // It starts from a tiny positive number, so that negative ones never win.
    table.add(
        "stringListMax",
        1,
        2,
        (a, _) -> folded(a, Float.MIN_NORMAL, StringListNumbers::greater, Values.UNDEFINED));
  }

  private static Datum folded(
      List<Datum> arguments, double start, DoubleBinaryOperator operator, Datum ofNone) {
    return folded(arguments, start, operator, ofNone, false);
  }

  private static Datum average(List<Datum> arguments, Datum ofNone) {
    return folded(arguments, 0, Double::sum, ofNone, true);
  }

  /** An integer if every item is written as one. */
  private static Datum folded(
      List<Datum> arguments,
      double start,
      DoubleBinaryOperator operator,
      Datum ofNone,
      boolean average) {
    for (Datum argument : arguments) {
      if (!(argument instanceof Datum.Text)) {
        return Conversion.wrong("stringListSum", argument);
      }
    }
    List<String> items = items(arguments);
    double value = start;
    boolean whole = true;
    for (String item : items) {
      OptionalDouble number = NumberText.prefix(item);
      if (number.isEmpty()) {
        return Datum.failure("'" + item + "' is not a number");
      }
      value = operator.applyAsDouble(value, number.getAsDouble());
      whole &= item.chars().allMatch(c -> c == '+' || c == '-' || (c >= '0' && c <= '9'));
    }
    if (items.isEmpty()) {
      return ofNone;
    }
    double result = average ? value / items.size() : value;
    return whole ? Datum.of(Numbers.truncate(result)) : Datum.of(result);
  }

  private static double lesser(double least, double number) {
    return number < least ? number : least;
  }

  private static double greater(double greatest, double number) {
    return number > greatest ? number : greatest;
  }

  private static List<String> items(List<Datum> arguments) {
    return StringListFunctions.items(
        Conversion.text(arguments.getFirst()),
        arguments.size() == 2 ? Conversion.text(arguments.get(1)) : StringListFunctions.DELIMITERS);
  }
}
