package io.urubu.classad.function;

import io.urubu.classad.ast.Name;
import io.urubu.classad.eval.AbortException;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.eval.Values;
import io.urubu.classad.limit.Limits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/** Functions of lists that are written in a string, such as {@code "a, b, c"}. */
final class StringListFunctions {
  private static final int MOST_ITEMS = Limits.PRODUCED_CHARS / Limits.ITEM_CHARS;

  static final String DELIMITERS = ", ";

  private StringListFunctions() {}

  static void register(Table table) {
    table.add("stringListSize", 1, 2, (arguments, _) -> size(arguments));
    StringListNumbers.register(table);
    table.add("stringListMember", 2, 3, (a, _) -> compared(a, (x, l) -> l.contains(x)));
    table.add("stringListIMember", 2, 3, (a, _) -> compared(keys(a), (x, l) -> l.contains(x)));
    table.add("stringListSubsetMatch", 2, 3, StringListFunctions::subset);
    table.add("stringListISubsetMatch", 2, 3, (a, run) -> subset(keys(a), run));
    table.add("stringListsIntersect", 2, 3, (arguments, _) -> intersect(arguments));
  }

  private static Datum size(List<Datum> arguments) {
    String delimiters = DELIMITERS;
    if (arguments.size() == 2) {
      if (!(arguments.get(1) instanceof Datum.Text(String given))) {
        return Conversion.wrong("stringListSize", arguments.get(1));
      }
      delimiters = given;
    }
    return arguments.getFirst() instanceof Datum.Text(String text)
        ? Datum.of((long) items(text, delimiters).size())
        : Conversion.wrong("stringListSize", arguments.getFirst());
  }

  /** The same arguments in lower case, for comparing without case. */
  private static List<Datum> keys(List<Datum> arguments) {
    List<Datum> keys = new ArrayList<>(arguments.size());
    for (Datum argument : arguments) {
      keys.add(argument instanceof Datum.Text(String text) ? Datum.of(Name.key(text)) : argument);
    }
    return keys;
  }

  private static Datum subset(List<Datum> arguments, Evaluation evaluation) {
    String delimiters =
        arguments.size() == 3 && arguments.get(2) instanceof Datum.Text(String given)
            ? given
            : DELIMITERS;
    evaluation.spend(Conversion.text(arguments.getFirst()).length() / 16);
    return compared(arguments, (x, list) -> x.isEmpty() || isSubset(items(x, delimiters), list));
  }

  /** Delimiters alone are a subset of nothing, though an empty string is one of anything. */
  private static boolean isSubset(List<String> items, Set<String> list) {
    return !items.isEmpty() && list.containsAll(items);
  }

  /** One undefined side acts as an empty string; both are undefined. */
  private static Datum compared(List<Datum> arguments, BiPredicate<String, Set<String>> holds) {
    Datum wanted = arguments.get(0);
    Datum list = arguments.get(1);
    Datum delimiters = arguments.size() == 3 ? arguments.get(2) : Values.UNDEFINED;
    for (Datum argument : List.of(wanted, list, delimiters)) {
      if (!Conversion.isUndefined(argument) && !(argument instanceof Datum.Text)) {
        return Conversion.wrong("stringListMember", argument);
      }
    }
    if (Conversion.isUndefined(wanted) && Conversion.isUndefined(list)) {
      return Values.UNDEFINED;
    }
    List<String> items = items(text(list, ""), text(delimiters, DELIMITERS));
    return Datum.of(holds.test(text(wanted, ""), new HashSet<>(items)));
  }

  private static Datum intersect(List<Datum> arguments) {
    Datum strict = Conversion.strict(arguments);
    if (strict != Values.FALSE) {
      return strict;
    }
    for (Datum argument : arguments) {
      if (!(argument instanceof Datum.Text)) {
        return Conversion.wrong("stringListsIntersect", argument);
      }
    }
    String delimiters = arguments.size() == 3 ? Conversion.text(arguments.get(2)) : DELIMITERS;
    Set<String> first = new HashSet<>(items(Conversion.text(arguments.get(0)), delimiters));
    return Datum.of(
        items(Conversion.text(arguments.get(1)), delimiters).stream().anyMatch(first::contains));
  }

  private static String text(Datum value, String missing) {
    return value instanceof Datum.Text(String text) ? text : missing;
  }

  /** The items, trimmed, without empty ones. */
  static List<String> items(String text, String delimiters) {
    List<String> items = new ArrayList<>();
    Delimiters ends = Delimiters.of(delimiters);
    int from = 0;
    for (int at = 0; at <= text.length(); at++) {
      if (at == text.length() || ends.has(text.charAt(at))) {
        String item = text.substring(from, at).strip();
        if (!item.isEmpty()) {
          items.add(item);
          checkNumber(items.size());
        }
        from = at + 1;
      }
    }
    return items;
  }

  private static void checkNumber(int items) {
    if (items > MOST_ITEMS) {
      throw new AbortException("a string list of more than " + MOST_ITEMS + " items");
    }
  }
}
