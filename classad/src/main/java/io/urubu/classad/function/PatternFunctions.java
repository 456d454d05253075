package io.urubu.classad.function;

import io.urubu.classad.ast.ByteText;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.eval.Values;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Regular expressions. They see bytes, and may look at a bounded number of them. */
final class PatternFunctions {
  private static final int LONGEST = 10_000;

  private PatternFunctions() {}

  static void register(Table table) {
    table.add("regexp", 2, 3, PatternFunctions::regexp);
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
    Pattern pattern = compile(Conversion.text(arguments.get(0)), options);
    return pattern == null
        ? Datum.failure("regexp() with a malformed pattern")
        : find(pattern, Conversion.text(arguments.get(1)), evaluation);
  }

  private static Datum find(Pattern pattern, String text, Evaluation evaluation) {
    Matcher matcher = pattern.matcher(new CountedText(ByteText.bytes(text), evaluation));
    try {
      return Datum.of(matcher.find());
    } catch (StackOverflowError _) {
      // The JDK's matcher recurses on some repeated groups; a long text is data, not a bug.
      return Datum.failure("regexp() that is too complex for its text");
    }
  }

  /** Null if malformed. Options: i, m, s, x; others are ignored. */
  static @Nullable Pattern compile(String pattern, String options) {
    if (pattern.length() > LONGEST) {
      return null;
    }
    int flags = Pattern.UNIX_LINES;
    for (int i = 0; i < options.length(); i++) {
      flags |=
          switch (options.charAt(i)) {
            case 'i' -> Pattern.CASE_INSENSITIVE;
            case 'm' -> Pattern.MULTILINE;
            case 's' -> Pattern.DOTALL;
            case 'x' -> Pattern.COMMENTS;
            default -> 0;
          };
    }
    try {
      return Pattern.compile(ByteText.bytes(pattern), flags);
    } catch (PatternSyntaxException | StackOverflowError _) {
      return null;
    }
  }

  /** A text that counts each look at a char as work of the evaluation. */
  private record CountedText(String text, Evaluation evaluation) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      evaluation.spend(1);
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
