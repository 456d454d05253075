package io.urubu.classad.explain;

/**
 * Why two ads match or do not: each ad's Requirements with the other one as TARGET.
 *
 * @param left why the left ad accepts or refuses the right one
 * @param right why the right ad accepts or refuses the left one
 */
public record MatchExplanation(Explanation left, Explanation right) {
  /** Whether both sides accept. */
  public boolean matches() {
    return left.holds() && right.holds();
  }
}
