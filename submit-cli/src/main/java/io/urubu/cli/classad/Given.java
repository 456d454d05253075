package io.urubu.cli.classad;

import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.classad.Expression;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Expressions that are given on the command line. */
final class Given {
  private static final String SOURCE = "expression";

  private Given() {}

  static Expression expression(String text, boolean old, CommandLine command) {
    try {
      return old ? Expression.parseOld(text, SOURCE) : Expression.parse(text, SOURCE);
    } catch (ClassAdSyntaxException e) {
      throw new ParameterException(command, String.valueOf(e.getMessage()), e);
    }
  }
}
