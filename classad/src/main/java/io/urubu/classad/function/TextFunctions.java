package io.urubu.classad.function;

import io.urubu.classad.ast.ByteText;
import io.urubu.classad.eval.Comparison;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.eval.Items;
import io.urubu.classad.eval.Scope;
import io.urubu.classad.eval.Values;
import java.util.List;

/** Functions of strings. Most take any value and turn it into text first. */
final class TextFunctions {
  private TextFunctions() {}

  static void register(Table table) {
    table.add("string", 1, 1, (arguments, run) -> converted(arguments.getFirst(), run));
    table.addUntil(
        "strcat",
        0,
        Table.MANY,
        a -> Conversion.isUndefined(a.getLast()) || Conversion.isFailure(a.getLast()),
        TextFunctions::strcat);
    table.add("substr", 2, 3, (arguments, _) -> substr(arguments));
    table.add("strcmp", 2, 2, (arguments, run) -> compare(arguments, false, run));
    table.add("stricmp", 2, 2, (arguments, run) -> compare(arguments, true, run));
    table.add("toUpper", 1, 1, (a, run) -> mapped(a.getFirst(), 'a', 'A', run));
    table.add("toLower", 1, 1, (a, run) -> mapped(a.getFirst(), 'A', 'a', run));
    table.add("size", TextFunctions::size);
    table.addUntil(
        "join", 0, Table.MANY, a -> Conversion.isFailure(a.getLast()), TextFunctions::join);
  }

  private static Datum converted(Datum value, Evaluation evaluation) {
    return Conversion.isFailure(value) || Conversion.isUndefined(value)
        ? value
        : Datum.of(Conversion.text(value, evaluation));
  }

  private static Datum strcat(List<Datum> arguments, Evaluation evaluation) {
    StringBuilder text = new StringBuilder();
    for (Datum argument : arguments) {
      if (Conversion.isUndefined(argument) || Conversion.isFailure(argument)) {
        return argument;
      }
      append(text, argument, evaluation);
    }
    return Conversion.joined(text);
  }

  /** Long texts are work: a chain of strcat that doubles its input must come to an end. */
  private static void append(StringBuilder text, Datum value, Evaluation evaluation) {
    String piece = Conversion.text(value, evaluation);
    evaluation.spend(piece.length() / 8);
    evaluation.room((long) text.length() + piece.length());
    text.append(piece);
  }

  private static Datum substr(List<Datum> arguments) {
    Datum missing = Conversion.missing(arguments);
    if (missing != Values.FALSE) {
      return missing;
    }
    if (!(arguments.get(0) instanceof Datum.Text(String text))
        || !(arguments.get(1) instanceof Datum.Int(long offset))) {
      return Datum.failure("substr() takes a string and integers");
    }
    String bytes = ByteText.bytes(text);
    int from = (int) offset;
    from = from < 0 ? Math.max(0, bytes.length() + from) : Math.min(from, bytes.length());
    int to = bytes.length();
    if (arguments.size() == 3) {
      if (!(arguments.get(2) instanceof Datum.Int(long count))) {
        return Datum.failure("substr() takes a string and integers");
      }
      int length = (int) count;
      to = length < 0 ? bytes.length() + length : (int) Math.min(to, (long) from + length);
    }
    return Datum.of(to <= from ? "" : ByteText.text(bytes.substring(from, to)));
  }

  private static Datum compare(List<Datum> arguments, boolean ignoreCase, Evaluation evaluation) {
    Datum missing = Conversion.missing(arguments);
    return missing != Values.FALSE
        ? missing
        : Datum.of(
            (long)
                Comparison.compare(
                    Conversion.text(arguments.get(0), evaluation),
                    Conversion.text(arguments.get(1), evaluation),
                    ignoreCase));
  }

  private static Datum mapped(Datum value, char first, char target, Evaluation evaluation) {
    if (Conversion.isUndefined(value) || Conversion.isFailure(value)) {
      return value;
    }
    char[] chars = Conversion.text(value, evaluation).toCharArray();
    for (int i = 0; i < chars.length; i++) {
      int letter = chars[i] - first;
      if (letter >= 0 && letter < 26) {
        chars[i] = (char) (target + letter);
      }
    }
    return Datum.of(new String(chars));
  }

  private static Datum size(Datum value) {
    return switch (value) {
      case Datum.Undefined _ -> value;
      case Datum.Text(String text) -> Datum.of((long) ByteText.length(text));
      case Items items -> Datum.of((long) items.size());
      case Scope ad -> Datum.of((long) ad.attributes().size());
      default -> Conversion.wrong("size", value);
    };
  }

  private static Datum join(List<Datum> arguments, Evaluation evaluation) {
    if (arguments.isEmpty()) {
      return Datum.of("");
    }
    Datum first = arguments.getFirst();
    if (arguments.size() == 1) {
      return switch (first) {
        case Items items -> joined("", items, evaluation);
        case Datum.Undefined _, Datum.Failure _ -> first;
        default -> Datum.of("");
      };
    }
    if (Conversion.isFailure(first)) {
      return first;
    }
    if (arguments.size() == 2 && Conversion.isUndefined(arguments.get(1))) {
      return arguments.get(1);
    }
    String separator = Conversion.isUndefined(first) ? "" : Conversion.text(first, evaluation);
    if (arguments.size() == 2 && arguments.get(1) instanceof Items items) {
      return joined(separator, items, evaluation);
    }
    return joined(separator, Items.of(arguments.subList(1, arguments.size())), evaluation);
  }

  private static Datum joined(String separator, Items items, Evaluation evaluation) {
    StringBuilder text = new StringBuilder();
    boolean defined = items.size() == 0;
    for (int i = 0; i < items.size(); i++) {
      Datum item = items.item(i, evaluation);
      if (Conversion.isFailure(item)) {
        return item;
      }
      if (!Conversion.isUndefined(item)) {
        defined = true;
        evaluation.room((long) text.length() + separator.length());
        text.append(text.isEmpty() ? "" : separator);
        append(text, item, evaluation);
      }
    }
    return defined ? Conversion.joined(text) : Values.UNDEFINED;
  }
}
