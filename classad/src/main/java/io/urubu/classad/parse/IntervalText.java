package io.urubu.classad.parse;

import io.urubu.classad.ast.Literal;
import io.urubu.classad.ast.Span;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of a length of time, such as {@code 1+02:03:04.5} or {@code 1d 2h 3m}, from its
 * end to its beginning, as the language always has: seconds, and before each mark minutes, hours,
 * days.
 */
final class IntervalText {
  private static final int LONGEST = 1200;

  private final String text;
  private int at;

  private IntervalText(String text) {
    this.text = text;
    this.at = text.length() - 1;
  }

  /** Null if malformed. */
  static Literal.@Nullable Interval literal(String text, Span span) {
    Double seconds = text.length() > LONGEST ? null : new IntervalText(text).read();
    return seconds == null ? null : new Literal.Interval(seconds, span);
  }

  private @Nullable Double read() {
    skipBlanks();
    double seconds = 0;
    if (isMark("sS") || isDigit()) {
      takeMark("sS");
      seconds = real();
    }
    int whole = 60 * marked("mM:");
    whole += 3600 * marked("hH:");
    whole += 86_400 * marked("dD+");
    skipBlanks();
    boolean negative = takeMark("-");
    skipBlanks();
    if (at >= 0) {
      return null;
    }
    double sum = whole + seconds;
    return negative ? -sum : sum;
  }

  /** The integer before one of these marks; 0 without a mark, and for one that fits no 32 bits. */
  private int marked(String marks) {
    skipBlanks();
    if (!takeMark(marks)) {
      return 0;
    }
    int end = at + 1;
    skipDigits();
    try {
      return end == at + 1 ? 0 : Integer.parseInt(text, at + 1, end, 10);
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  private double real() {
    int end = at + 1;
    skipDigits();
    if (isMark(".")) {
      at--;
      skipDigits();
    }
    String number = text.substring(at + 1, end);
    return number.isEmpty() ? 0 : Double.parseDouble(number);
  }

  private boolean takeMark(String marks) {
    boolean found = isMark(marks);
    if (found) {
      at--;
      skipBlanks();
    }
    return found;
  }

  private boolean isMark(String marks) {
    return at >= 0 && marks.indexOf(text.charAt(at)) >= 0;
  }

  private boolean isDigit() {
    return at >= 0 && Lexer.isDigit(text.charAt(at));
  }

  private void skipDigits() {
    while (isDigit()) {
      at--;
    }
  }

  private void skipBlanks() {
    while (at >= 0 && isBlank(text.charAt(at))) {
      at--;
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }
}
