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
    table.add("stringListAvg", 1, 2, (a, _) -> average(folded(a, 0, Double::sum, none), a));
    table.add(
        "stringListMin", 1, 2, (a, _) -> folded(a, Double.MAX_VALUE, Math::min, Values.UNDEFINED));
    // It starts from the smallest positive number, so that negative ones never win.
    table.add(
        "stringListMax", 1, 2, (a, _) -> folded(a, Double.MIN_NORMAL, Math::max, Values.UNDEFINED));
  }

  /** An integer if every item is written as one. */
  private static Datum folded(
      List<Datum> arguments, double start, DoubleBinaryOperator operator, Datum ofNone) {
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
    return whole ? Datum.of(Numbers.truncate(value)) : Datum.of(value);
  }

  private static Datum average(Datum sum, List<Datum> arguments) {
    long count = sum instanceof Datum.Failure ? 0 : items(arguments).size();
    if (count == 0) {
      return sum;
    }
    return sum instanceof Datum.Int(long whole)
        ? Datum.of(whole / count)
        : Datum.of(Numbers.real(sum) / count);
  }

  private static List<String> items(List<Datum> arguments) {
    return StringListFunctions.items(
        Conversion.text(arguments.getFirst()),
        arguments.size() == 2 ? Conversion.text(arguments.get(1)) : StringListFunctions.DELIMITERS);
  }
}
