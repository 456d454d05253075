package io.urubu.classad.function;

import io.urubu.classad.ast.BinaryOperator;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.eval.Items;
import io.urubu.classad.eval.Numbers;
import io.urubu.classad.eval.Operators;
import io.urubu.classad.eval.Scope;
import io.urubu.classad.eval.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions of lists. */
final class ListFunctions {
  private ListFunctions() {}

  static void register(Table table) {
    table.add("member", 2, 2, (a, run) -> member(a, run, BinaryOperator.EQUAL));
    table.add("identicalMember", 2, 2, (a, run) -> member(a, run, BinaryOperator.IS));
    table.add("sum", 1, 1, (a, run) -> aggregate("sum", a.getFirst(), run));
    table.add("avg", 1, 1, (a, run) -> aggregate("avg", a.getFirst(), run));
    table.add("min", 1, 1, (a, run) -> aggregate("min", a.getFirst(), run));
    table.add("max", 1, 1, (a, run) -> aggregate("max", a.getFirst(), run));
    comparison(table, "anyCompare", true);
    comparison(table, "allCompare", false);
  }

  private static void comparison(Table table, String name, boolean any) {
    table.addUntil(
        name, 3, 3, a -> operator(a.getFirst()) == null, (a, run) -> compare(a, run, any));
  }

  private static Datum member(List<Datum> arguments, Evaluation run, BinaryOperator operator) {
    Datum wanted = arguments.get(0);
    Datum list = arguments.get(1);
    if (Conversion.isUndefined(list)
        || (Conversion.isUndefined(wanted) && operator == BinaryOperator.EQUAL)) {
      return Values.UNDEFINED;
    }
    boolean failed = Conversion.isFailure(wanted) && operator == BinaryOperator.EQUAL;
    if (failed || wanted instanceof Items || wanted instanceof Scope) {
      return Conversion.wrong("member", wanted);
    }
    if (!(list instanceof Items items)) {
      return Conversion.wrong("member", list);
    }
    for (int i = 0; i < items.size(); i++) {
      Datum same = Operators.apply(operator, wanted, items.item(i, run));
      if (same instanceof Datum.Bool(boolean holds) && holds) {
        return Values.TRUE;
      }
    }
    return Values.FALSE;
  }

  private static Datum aggregate(String name, Datum list, Evaluation run) {
    if (!(list instanceof Items items)) {
      return Conversion.isUndefined(list) ? list : Conversion.wrong(name, list);
    }
    List<Datum> numbers = new ArrayList<>(items.size());
    boolean real = name.equals("avg");
    for (int i = 0; i < items.size(); i++) {
      Datum item = items.item(i, run);
      if (Numbers.isNumber(item)) {
        numbers.add(item);
        real |= item instanceof Datum.Real;
      } else if (!Conversion.isUndefined(item)) {
        return Conversion.wrong(name, item);
      }
    }
    return real ? reals(name, numbers) : integers(name, numbers);
  }

  private static Datum integers(String name, List<Datum> numbers) {
    if (numbers.isEmpty()) {
      return name.equals("sum") ? Datum.of(0L) : Values.UNDEFINED;
    }
    long value = Numbers.integer(numbers.getFirst());
    for (Datum number : numbers.subList(1, numbers.size())) {
      long next = Numbers.integer(number);
      value =
          switch (name) {
            case "min" -> Math.min(value, next);
            case "max" -> Math.max(value, next);
            default -> value + next;
          };
    }
    return Datum.of(value);
  }

  private static Datum reals(String name, List<Datum> numbers) {
    if (numbers.isEmpty()) {
      return Datum.of(0L);
    }
    double value = Numbers.real(numbers.getFirst());
    boolean computed = name.equals("avg");
    for (Datum number : numbers.subList(1, numbers.size())) {
      double next = Numbers.real(number);
      switch (name) {
        case "min" -> value = next < value ? next : value;
        case "max" -> value = next > value ? next : value;
        default -> {
          value += next;
          computed = true;
        }
      }
    }
    // A list may hold what is infinite, yet no operator gives it.
    return computed && value == Double.POSITIVE_INFINITY
        ? Datum.failure("infinite")
        : Datum.of(name.equals("avg") ? value / numbers.size() : value);
  }

  private static Datum compare(List<Datum> arguments, Evaluation run, boolean any) {
    if (Conversion.isUndefined(arguments.get(0))) {
      return Values.UNDEFINED;
    }
    BinaryOperator operator = operator(arguments.get(0));
    if (operator != null && Conversion.isUndefined(arguments.get(1))) {
      return Values.UNDEFINED;
    }
    if (operator == null || !(arguments.get(1) instanceof Items items)) {
      return Datum.failure("a comparison takes an operator in a string, a list and a value");
    }
    for (int i = 0; i < items.size(); i++) {
      Datum holds = Operators.apply(operator, items.item(i, run), arguments.get(2));
      if (!(holds instanceof Datum.Bool(boolean value))) {
        return Conversion.isUndefined(holds) ? Values.FALSE : holds;
      }
      if (value == any) {
        return Datum.of(any);
      }
    }
    return Datum.of(!any);
  }

  private static @Nullable BinaryOperator operator(Datum value) {
    return value instanceof Datum.Text(String symbol) ? operator(symbol) : null;
  }

  private static @Nullable BinaryOperator operator(String symbol) {
    return switch (symbol) {
      case "<" -> BinaryOperator.LESS;
      case "<=" -> BinaryOperator.LESS_EQUAL;
      case "==" -> BinaryOperator.EQUAL;
      case "!=" -> BinaryOperator.NOT_EQUAL;
      case ">=" -> BinaryOperator.GREATER_EQUAL;
      case ">" -> BinaryOperator.GREATER;
      case "is" -> BinaryOperator.IS;
      case "isnt" -> BinaryOperator.ISNT;
      default -> null;
    };
  }
}
