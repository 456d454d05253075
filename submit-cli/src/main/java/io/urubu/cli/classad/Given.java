package io.urubu.cli.classad;

import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.classad.Expression;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Expressions that are given on the command line. */
final class Given {
  private static final String SOURCE = "expression";

  /** What Java makes of an argument's letters in a locale such as C. */
  private static final char LOST = '\uFFFD';

  private Given() {}

  static Expression expression(String text, boolean old, CommandLine command) {
    if (text.indexOf(LOST) >= 0) {
      throw new ParameterException(
          command, SOURCE + ": has letters that this locale cannot carry (set LC_ALL=C.UTF-8)");
    }
    try {
      return old ? Expression.parseOld(text, SOURCE) : Expression.parse(text, SOURCE);
    } catch (ClassAdSyntaxException e) {
      throw new ParameterException(command, String.valueOf(e.getMessage()), e);
    }
  }
}
