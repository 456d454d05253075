package io.urubu.classad.function;

import io.urubu.classad.ast.ByteText;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.eval.Values;
import io.urubu.classad.regex.Matcher;
import io.urubu.classad.regex.Pattern;
import io.urubu.classad.regex.TooComplexException;
import java.util.List;

/** Substitution by regular expression. */
final class SubstitutionFunctions {
  private SubstitutionFunctions() {}

  static void register(Table table) {
    table.add("regexps", 3, 4, (arguments, run) -> substituted("", arguments, run));
    table.add("replace", 3, 4, (arguments, run) -> substituted("f", arguments, run));
    table.add("replaceAll", 3, 4, (arguments, run) -> substituted("fg", arguments, run));
  }

  private static Datum substituted(String always, List<Datum> arguments, Evaluation evaluation) {
    Datum strict = Conversion.strict(arguments);
    if (strict != Values.FALSE) {
      return strict;
    }
    for (Datum argument : arguments) {
      if (!(argument instanceof Datum.Text)) {
        return Conversion.wrong("regexps", argument);
      }
    }
    String options = always + (arguments.size() == 4 ? Conversion.text(arguments.get(3)) : "");
    Pattern pattern = Regex.compile(Conversion.text(arguments.get(0)), options, evaluation);
    if (pattern == null) {
      return Datum.failure("regexps() with a malformed pattern");
    }
    String text = ByteText.bytes(Conversion.text(arguments.get(1)));
    String template = ByteText.bytes(Conversion.text(arguments.get(2)));
    Matcher matcher = pattern.matcher(text);
    try {
      return replaced(matcher, text, template, options, evaluation);
    } catch (TooComplexException e) {
      return Regex.failure(e);
    }
  }

  private static Datum replaced(
      Matcher matcher, String text, String template, String options, Evaluation evaluation) {
    boolean keepRest = options.indexOf('f') >= 0;
    boolean all = options.indexOf('g') >= 0;
    StringBuilder out = new StringBuilder();
    int from = 0;
    while (Regex.find(matcher, evaluation)) {
      boolean emptyAtEnd = matcher.start() == text.length() && matcher.end() == text.length();
      if (all && emptyAtEnd) {
        return Datum.failure("a global substitution of an empty match at the end");
      }
      out.append(text, keepRest ? from : matcher.start(), matcher.start());
      if (!expand(matcher, template, out, evaluation)) {
        return Datum.failure("a substitution by a group that did not match");
      }
      from = matcher.end();
      if (!all) {
        break;
      }
    }
    return Datum.of(
        ByteText.text(keepRest ? out.append(text.substring(from)).toString() : out.toString()));
  }

  /** Writes the template with its groups; false if a group is not there. */
  private static boolean expand(
      Matcher matcher, String template, StringBuilder out, Evaluation evaluation) {
    int before = out.length();
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      char next = i + 1 < template.length() ? template.charAt(i + 1) : '\0';
      if (c == '\\' && next >= '0' && next <= '9') {
        int group = next - '0';
        String found = group <= matcher.groupCount() ? matcher.group(group) : null;
        if (found == null) {
          return false;
        }
        evaluation.room((long) out.length() + found.length());
        out.append(found);
        i++;
      } else {
        out.append(c);
      }
    }
    evaluation.spend((out.length() - before) / 16);
    evaluation.room(out.length());
    return true;
  }
}
