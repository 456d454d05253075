package io.urubu.classad.function;

import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.eval.Items;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Command lines: a list of words and the two ways to write it as one text. */
final class CommandLineFunctions {
  private CommandLineFunctions() {}

  static void register(Table table) {
    table.add("argsToList", 1, 2, (arguments, _) -> argsToList(arguments));
    table.add("listToArgs", 1, 2, CommandLineFunctions::listToArgs);
  }

  private static Datum argsToList(List<Datum> arguments) {
    boolean quoting = isSecondVersion(arguments);
    if ((!quoting && !isFirstVersion(arguments))
        || !(arguments.getFirst() instanceof Datum.Text(String text))) {
      return failure("argsToList", arguments);
    }
    List<String> words = quoting ? Words.quoted(text) : Words.plain(text);
    return words == null
        ? Datum.failure("argsToList() of a text with a quote that is not closed")
        : Items.of(words.stream().map(Datum::of).toList());
  }

  private static Datum listToArgs(List<Datum> arguments, Evaluation evaluation) {
    boolean quoting = isSecondVersion(arguments);
    if ((!quoting && !isFirstVersion(arguments))
        || !(arguments.getFirst() instanceof Items items)) {
      return failure("listToArgs", arguments);
    }
    List<String> words = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      Datum item = items.item(i, evaluation);
      if (!(item instanceof Datum.Text(String word))) {
        return Conversion.wrong("listToArgs", item);
      }
      evaluation.spend(word.length() / 16);
      words.add(word);
    }
    return quoting ? Conversion.joined(Words.quote(words)) : plain(words);
  }

  private static Datum plain(List<String> words) {
    for (String word : words) {
      if (!Words.isPlain(word)) {
        return Datum.failure("'" + word + "' holds a blank, which the first version cannot write");
      }
    }
    return Conversion.joined(String.join(" ", words));
  }

  private static boolean isSecondVersion(List<Datum> arguments) {
    return arguments.size() == 1 || isVersion(arguments.get(1), 2);
  }

  private static boolean isFirstVersion(List<Datum> arguments) {
    return isVersion(arguments.get(1), 1);
  }

  private static boolean isVersion(Datum value, int version) {
    return value instanceof Datum.Int(long number) && number == version;
  }

  private static Datum failure(String function, List<Datum> arguments) {
    @Nullable Datum first =
        arguments.stream().filter(Conversion::isFailure).findFirst().orElse(null);
    return first != null
        ? first
        : Datum.failure(function + "() takes words and the version of the syntax, 1 or 2");
  }
}
