package io.urubu.classad.function;

import io.urubu.classad.ast.ByteText;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.regex.MalformedPatternException;
import io.urubu.classad.regex.Matcher;
import io.urubu.classad.regex.Pattern;
import io.urubu.classad.regex.TooComplexException;
import org.jspecify.annotations.Nullable;

/** Regular expressions in an evaluation: reading them and searching with them is its work. */
final class Regex {
  /** How many steps of a search take as long as one of the evaluation. */
  private static final int SEARCH_STEPS_PER_STEP = 4;

  private static final int BYTES_READ_PER_STEP = 4;
  private static final int INSTRUCTIONS_PER_STEP = 8;

  private Regex() {}

  /** Null if malformed, or too large. Options: i, m, s, x; others are ignored. */
  static @Nullable Pattern compile(String pattern, String options, Evaluation evaluation) {
    evaluation.spend(pattern.length() / BYTES_READ_PER_STEP);
    try {
      Pattern compiled = Pattern.compile(ByteText.bytes(pattern), options);
      evaluation.spend(compiled.size() / INSTRUCTIONS_PER_STEP);
      return compiled;
    } catch (MalformedPatternException _) {
      return null;
    }
  }

  /** Finds the next match. */
  static boolean find(Matcher matcher, Evaluation evaluation) {
    try {
      return matcher.find();
    } finally {
      evaluation.spend(matcher.work() / SEARCH_STEPS_PER_STEP);
    }
  }

  /** What a search comes to that takes too much; the language has always called it an error. */
  static Datum failure(TooComplexException complex) {
    return Datum.failure(complex.reason());
  }
}
