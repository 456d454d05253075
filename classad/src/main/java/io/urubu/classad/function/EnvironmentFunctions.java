package io.urubu.classad.function;

import io.urubu.classad.ast.ByteText;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Environments of processes: variables in one text, in the order of their names. */
final class EnvironmentFunctions {
  private EnvironmentFunctions() {}

  static void register(Table table) {
    table.add("envV1ToV2", EnvironmentFunctions::fromFirstVersion);
    table.addUntil(
        "mergeEnvironment",
        0,
        Table.MANY,
        a -> !(a.getLast() instanceof Datum.Text) && !Conversion.isUndefined(a.getLast()),
        EnvironmentFunctions::merge);
  }

  private static Datum fromFirstVersion(Datum value) {
    if (Conversion.isUndefined(value)) {
      return value;
    }
    if (!(value instanceof Datum.Text(String text))) {
      return Conversion.wrong("envV1ToV2", value);
    }
    Map<String, String> byName = new TreeMap<>();
    for (String variable : delimited(ByteText.bytes(text))) {
      if (!put(byName, variable)) {
        return withoutName(variable);
      }
    }
    return printed(byName);
  }

  /** Some characters that come first are the one between the variables. */
  private static List<String> delimited(String text) {
    char first = text.isEmpty() ? ';' : text.charAt(0);
    boolean given = isDelimiter(first);
    char delimiter = given ? first : ';';
    List<String> variables = new ArrayList<>();
    int from = given ? 1 : 0;
    for (int at = from; at <= text.length(); at++) {
      if (at == text.length() || text.charAt(at) == delimiter || text.charAt(at) == '\n') {
        String variable = withoutLeadingBlanks(text.substring(from, at));
        if (!variable.isEmpty()) {
          variables.add(variable);
        }
        from = at + 1;
      }
    }
    return variables;
  }

  private static boolean isDelimiter(char c) {
    return "!#$%&*+,-/:;<>?@^`|~".indexOf(c) >= 0;
  }

  private static String withoutLeadingBlanks(String text) {
    int from = 0;
    while (from < text.length() && Words.isBlank(text.charAt(from))) {
      from++;
    }
    return text.substring(from);
  }

  private static Datum merge(List<Datum> arguments, Evaluation evaluation) {
    Map<String, String> byName = new TreeMap<>();
    for (Datum argument : arguments) {
      if (Conversion.isUndefined(argument)) {
        continue;
      }
      if (!(argument instanceof Datum.Text(String text))) {
        return Conversion.wrong("mergeEnvironment", argument);
      }
      evaluation.spend(text.length() / 16);
      List<String> variables = Words.quoted(ByteText.bytes(text));
      if (variables == null) {
        return Datum.failure("an environment with a quote that is not closed");
      }
      for (String variable : variables) {
        if (!put(byName, variable)) {
          return withoutName(variable);
        }
      }
    }
    return printed(byName);
  }

  /** False if the text is no variable; one that is filled in at the match may stand alone. */
  private static boolean put(Map<String, String> byName, String variable) {
    int equals = variable.indexOf('=');
    if (equals < 0 && variable.contains("$$")) {
      byName.put(variable, "");
      return true;
    }
    if (equals <= 0) {
      return false;
    }
    byName.put(variable.substring(0, equals), variable.substring(equals));
    return true;
  }

  private static Datum withoutName(String variable) {
    return Datum.failure("'" + variable + "' in an environment, expected NAME=VALUE");
  }

  private static Datum printed(Map<String, String> byName) {
    List<String> words = new ArrayList<>(byName.size());
    byName.forEach((name, rest) -> words.add(name + rest));
    return Datum.of(ByteText.text(Words.quote(words)));
  }
}
