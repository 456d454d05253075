package io.urubu.classad.function;

import io.urubu.classad.ast.Name;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Values;
import java.util.ArrayList;
import java.util.List;

/** Functions of lists that are written in a string, such as {@code "a, b, c"}. */
final class StringListFunctions {
  private static final String DELIMITERS = ", ";

  private StringListFunctions() {}

  static void register(Table table) {
    table.add("stringListSize", 1, 2, (arguments, _) -> size(arguments));
    table.add("stringListMember", 2, 3, (arguments, _) -> member(arguments, false));
    table.add("stringListIMember", 2, 3, (arguments, _) -> member(arguments, true));
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

  /** One undefined side acts as an empty string; both are undefined. */
  private static Datum member(List<Datum> arguments, boolean ignoreCase) {
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
    String text = text(wanted, "");
    for (String item : items(text(list, ""), text(delimiters, DELIMITERS))) {
      boolean same = ignoreCase ? Name.key(item).equals(Name.key(text)) : item.equals(text);
      if (same) {
        return Values.TRUE;
      }
    }
    return Values.FALSE;
  }

  private static String text(Datum value, String missing) {
    return value instanceof Datum.Text(String text) ? text : missing;
  }

  /** The items, trimmed, without empty ones. */
  static List<String> items(String text, String delimiters) {
    List<String> items = new ArrayList<>();
    int from = 0;
    for (int at = 0; at <= text.length(); at++) {
      if (at == text.length() || delimiters.indexOf(text.charAt(at)) >= 0) {
        String item = text.substring(from, at).strip();
        if (!item.isEmpty()) {
          items.add(item);
        }
        from = at + 1;
      }
    }
    return items;
  }
}
