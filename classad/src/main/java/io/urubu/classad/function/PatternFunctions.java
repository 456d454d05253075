package io.urubu.classad.function;

import io.urubu.classad.ast.ByteText;
import io.urubu.classad.ast.Name;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.eval.Items;
import io.urubu.classad.eval.Values;
import io.urubu.classad.regex.Pattern;
import io.urubu.classad.regex.TooComplexException;
import java.util.List;

/** Searches by regular expression. */
final class PatternFunctions {
  private PatternFunctions() {}

  static void register(Table table) {
    table.add("regexp", 2, 3, PatternFunctions::regexp);
    table.add("regexpMember", 2, 3, PatternFunctions::regexpMember);
    table.add("stringList_regexpMember", 2, 4, PatternFunctions::stringListMember);
  }

  private static Datum regexp(List<Datum> arguments, Evaluation evaluation) {
    Datum strict = Conversion.strict(arguments);
    if (strict != Values.FALSE) {
      return strict;
    }
    for (Datum argument : arguments) {
      if (!(argument instanceof Datum.Text)) {
        return Conversion.wrong("regexp", argument);
      }
    }
    String options = arguments.size() == 3 ? Conversion.text(arguments.get(2)) : "";
    Pattern pattern = Regex.compile(Conversion.text(arguments.get(0)), options, evaluation);
    return pattern == null
        ? Datum.failure("regexp() with a malformed pattern")
        : find(pattern, Conversion.text(arguments.get(1)), evaluation);
  }

  static Datum find(Pattern pattern, String text, Evaluation evaluation) {
    try {
      return Datum.of(Regex.find(pattern.matcher(ByteText.bytes(text)), evaluation));
    } catch (TooComplexException e) {
      return Regex.failure(e);
    }
  }

  /** True at the first match; undefined items make a miss undefined; a bad pattern is a miss. */
  private static Datum regexpMember(List<Datum> arguments, Evaluation evaluation) {
    Datum strict = Conversion.strict(arguments);
    if (strict != Values.FALSE) {
      return strict;
    }
    Datum options = arguments.size() == 3 ? arguments.get(2) : Datum.of("");
    if (!(arguments.get(0) instanceof Datum.Text(String regex))
        || !(arguments.get(1) instanceof Items items)
        || !(options instanceof Datum.Text(String flags))) {
      return Datum.failure("regexpMember() takes a pattern, a list and options");
    }
    Pattern pattern = Regex.compile(regex, flags, evaluation);
    Datum miss = Values.FALSE;
    for (int i = 0; i < items.size(); i++) {
      Datum item = items.item(i, evaluation);
      Datum found =
          switch (item) {
            case Datum.Undefined _ -> item;
            case Datum.Text(String text) when pattern != null -> find(pattern, text, evaluation);
            case Datum.Text _ -> Values.FALSE;
            default -> Conversion.wrong("regexpMember", item);
          };
      if (Conversion.isUndefined(found)) {
        miss = found;
      } else if (!found.equals(Values.FALSE)) {
        return found;
      }
    }
    return miss;
  }

  private static Datum stringListMember(List<Datum> arguments, Evaluation evaluation) {
    for (Datum argument : arguments) {
      if (!(argument instanceof Datum.Text)) {
        return Conversion.wrong("stringList_regexpMember", argument);
      }
    }
    String delimiters =
        arguments.size() > 2 ? Conversion.text(arguments.get(2)) : StringListFunctions.DELIMITERS;
    String options = arguments.size() > 3 ? Conversion.text(arguments.get(3)) : "";
    Pattern pattern =
        Regex.compile(Conversion.text(arguments.get(0)), Name.key(options), evaluation);
    if (pattern == null) {
      return Datum.failure("stringList_regexpMember() with a malformed pattern");
    }
    List<String> items = StringListFunctions.items(Conversion.text(arguments.get(1)), delimiters);
    for (String item : items) {
      Datum found = find(pattern, item, evaluation);
      if (!found.equals(Values.FALSE)) {
        return found;
      }
    }
    return items.isEmpty() ? Values.UNDEFINED : Values.FALSE;
  }
}
