package io.urubu.classad.check;

/**
 * Something in an expression that is allowed, and is hardly what its author meant.
 *
 * @param kind what sort of thing it is
 * @param source what the caller calls the text (a file's name, often); empty if it has no name
 * @param line where it begins, from 1
 * @param column where it begins, from 1, in characters as people see them (code points)
 * @param problem one line: what it is and how to mend it
 * @param message the problem behind its place, the line of the text, and a caret below the place
 */
public record Finding(
    Kind kind, String source, int line, int column, String problem, String message) {

  /** The sorts of findings. */
  public enum Kind {
    /** A function is called that there is none of: the call is an error. */
    UNKNOWN_FUNCTION,
    /** A function is called with too few or too many arguments: the call is an error. */
    ARGUMENT_COUNT,
    /** Text behind a conditional, which nothing reads. */
    IGNORED_TEXT,
    /** A string constant is compared or computed with a number constant: an error. */
    STRING_WITH_NUMBER,
    /** A comparison with undefined or error, which is always undefined or an error itself. */
    COMPARISON_WITH_NOTHING,
    /** {@code 1 < x < 3} compares a truth with 3. */
    COMPARISON_OF_TRUTH,
    /** Bits are taken of what is true or false: an error. */
    BITS_OF_TRUTH,
    /** A name in single quotes that needs none: a string may be meant. */
    QUOTED_NAME
  }

  /** The message. */
  @Override
  public String toString() {
    return message;
  }
}
