package io.urubu.classad.parse;

import io.urubu.classad.limit.Limits;

/** Refuses what is too large to be read, before it is read or as soon as it shows. */
final class Size {
  private Size() {}

  static void check(String what, SourceText source, int limit) throws ParseException {
    int length = source.text().length();
    if (length > limit) {
      throw source.problem(what + " of " + length + " characters, allowed are " + limit);
    }
  }

  static void checkTokens(int tokens, Lexer lexer) throws ParseException {
    if (tokens > Limits.TOKENS) {
      throw lexer.problem(
          lexer.start(), "more than " + Limits.TOKENS + " words and signs in one text");
    }
  }

  static void checkAttributes(int attributes, Lexer lexer) throws ParseException {
    if (attributes > Limits.ATTRIBUTES) {
      throw lexer.problem(lexer.start(), "an ad of more than " + Limits.ATTRIBUTES + " attributes");
    }
  }
}
