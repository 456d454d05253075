package io.urubu.classad.function;

import io.urubu.classad.ast.ByteText;
import io.urubu.classad.ast.Name;
import io.urubu.classad.eval.Evaluation;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Regular expressions over bytes, each look at a byte being work of the evaluation. */
final class Regex {
  private static final int LONGEST = 10_000;

  private Regex() {}

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
      return Pattern.compile(posixClasses(ByteText.bytes(pattern)), flags);
    } catch (PatternSyntaxException | StackOverflowError _) {
      return null;
    }
  }

  /** A matcher of these bytes. */
  static Matcher matcher(Pattern pattern, String bytes, Evaluation evaluation) {
    boolean manyLines = (pattern.flags() & Pattern.MULTILINE) != 0;
    // For the JDK no line begins at the end of a text, so an empty one would have no line.
    Pattern fitting =
        manyLines && bytes.isEmpty()
            ? Pattern.compile(pattern.pattern(), pattern.flags() & ~Pattern.MULTILINE)
            : pattern;
    return fitting.matcher(new CountedText(bytes, evaluation));
  }

  /** The JDK writes {@code [:alpha:]} as {@code \p{Alpha}}. */
  private static String posixClasses(String pattern) {
    if (!pattern.contains("[:")) {
      return pattern;
    }
    String text = pattern;
    for (String name :
        new String[] {
          "Alpha", "Digit", "Alnum", "Upper", "Lower", "Punct", "Graph", "Print", "Blank", "Cntrl",
          "XDigit", "Space"
        }) {
      String key = Name.key(name);
      text = text.replace("[:" + key + ":]", "\\p{" + name + "}");
      text = text.replace("[:^" + key + ":]", "\\P{" + name + "}");
    }
    return text;
  }

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
