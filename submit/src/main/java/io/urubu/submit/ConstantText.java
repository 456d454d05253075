package io.urubu.submit;

import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.classad.Expression;
import io.urubu.classad.Value;
import java.util.OptionalLong;

/** Values of expressions that refer to nothing. */
final class ConstantText {
  private ConstantText() {}

  /** The whole number that the text comes to; empty for anything else. */
  static OptionalLong integer(String text) {
    try {
      return Expression.parseOld(text).evaluate(ClassAd.empty()) instanceof Value.Whole(long whole)
          ? OptionalLong.of(whole)
          : OptionalLong.empty();
    } catch (ClassAdSyntaxException _) {
      return OptionalLong.empty();
    }
  }
}
