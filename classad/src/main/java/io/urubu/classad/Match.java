package io.urubu.classad;

import io.urubu.classad.eval.Attributes;
import io.urubu.classad.explain.Explainer;
import io.urubu.classad.explain.MatchExplanation;
import java.time.InstantSource;

/** Two ads that meet. */
public final class Match {
  static final String REQUIREMENTS = "requirements";
  static final String RANK = "rank";

  private Match() {}

  /** Whether each ad's Requirements holds with the other as TARGET; a missing one does not. */
  public static boolean matches(ClassAd left, ClassAd right) {
    return matches(left, right, InstantSource.system());
  }

  /** The same at the time of this clock. */
  public static boolean matches(ClassAd left, ClassAd right, InstantSource clock) {
    return accepts(left, right, clock) && accepts(right, left, clock);
  }

  /** Whether the first ad's Requirements holds with the other as TARGET. */
  public static boolean accepts(ClassAd my, ClassAd target, InstantSource clock) {
    return attribute(my, REQUIREMENTS, target, clock).isTrue();
  }

  /** The first ad's Rank of the other; 0 unless it is a number. */
  public static double rank(ClassAd my, ClassAd target) {
    return rank(my, target, InstantSource.system());
  }

  /** The same at the time of this clock. */
  public static double rank(ClassAd my, ClassAd target, InstantSource clock) {
    return rank(attribute(my, RANK, target, clock));
  }

  /** Why each ad's Requirements holds or does not, with the other ad as TARGET. */
  public static MatchExplanation explain(ClassAd left, ClassAd right, InstantSource clock) {
    return new MatchExplanation(
        new Explainer(left.attributes(), right.attributes(), clock).attribute("Requirements"),
        new Explainer(right.attributes(), left.attributes(), clock).attribute("Requirements"));
  }

  static double rank(Value value) {
    return switch (value) {
      case Value.Whole(long number) -> (double) number;
      case Value.Real(double number) -> Double.isNaN(number) ? 0 : number;
      case Value.Bool(boolean set) -> set ? 1 : 0;
      default -> 0;
    };
  }

  private static Value attribute(ClassAd my, String key, ClassAd target, InstantSource clock) {
    Attributes.Attribute attribute = my.attributes().find(key);
    return attribute == null
        ? new Value.Undefined()
        : Run.value(attribute.program(), my.attributes(), target.attributes(), clock);
  }
}
