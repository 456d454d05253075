package io.urubu.classad;

import io.urubu.classad.eval.Program;
import io.urubu.classad.eval.Scope;
import io.urubu.classad.eval.Values;
import io.urubu.classad.plan.Flattener;
import io.urubu.classad.plan.Formula;
import io.urubu.classad.plan.Plan;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One ad that meets many others: its Requirements and Rank are prepared once (see {@link
 * Expression#flatten}), then tried on each. Gives the same answers as {@link Match}. Immutable; any
 * number of threads may use one.
 */
public final class Matcher {
  private final ClassAd my;
  private final InstantSource clock;
  private final @Nullable Program requirements;
  private final @Nullable Program rank;

  private Matcher(ClassAd my, InstantSource clock) {
    this.my = my;
    this.clock = clock;
    this.requirements = prepared(my, Match.REQUIREMENTS);
    this.rank = prepared(my, Match.RANK);
  }

  /** Prepares this ad; it is always the present time. */
  public static Matcher of(ClassAd my) {
    return of(my, InstantSource.system());
  }

  /** Prepares this ad; the time is this clock's. */
  public static Matcher of(ClassAd my, InstantSource clock) {
    return new Matcher(my, clock);
  }

  private static @Nullable Program prepared(ClassAd my, String key) {
    int slot = my.attributes().slot(key);
    if (slot < 0) {
      return null;
    }
    Program program = my.attributes().program(slot);
    return program instanceof Formula formula
        ? Flattener.flatten(formula, my.attributes())
        : program;
  }

  /** The ad that was prepared. */
  public ClassAd ad() {
    return my;
  }

  /** Whether each ad's Requirements holds with the other as TARGET; a missing one does not. */
  public boolean matches(ClassAd other) {
    return accepts(other) && isAcceptedBy(other);
  }

  /** Whether the other ad's Requirements holds with this one as TARGET. */
  public boolean isAcceptedBy(ClassAd other) {
    int slot = other.attributes().slot(Match.REQUIREMENTS);
    return slot >= 0
        && Run.isTrue(
            other.attributes().program(slot),
            Scope.matched(other.attributes(), my.attributes()),
            clock);
  }

  /** Whether this ad's Requirements holds with the other as TARGET. */
  public boolean accepts(ClassAd other) {
    return requirements != null
        && Run.isTrue(requirements, Scope.matched(my.attributes(), other.attributes()), clock);
  }

  /** This ad's Rank of the other; 0 unless it is a number. */
  public double rank(ClassAd other) {
    return rank == null
        ? 0
        : Match.rank(Run.value(rank, my.attributes(), other.attributes(), clock));
  }

  /** What Requirements asks of other ads, this ad's attributes put into it; empty if missing. */
  public Optional<Expression> requirements() {
    return Optional.ofNullable(requirements).map(Expression::of);
  }

  /** What Requirements asks of other ads, as far as that can be read off; null if it is missing. */
  @Nullable Plan plan() {
    if (requirements == null) {
      return null;
    }
    // With a TARGET of its own the ad may mean anything.
    return my.attributes().redefinesScopes()
        ? new Plan.Constant(Values.TRUE)
        : Expression.of(requirements).plan();
  }
}
