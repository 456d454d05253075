package io.urubu.classad.index;

import io.urubu.classad.ast.BinaryOperator;
import io.urubu.classad.ast.Name;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Numbers;
import io.urubu.classad.eval.ScopeName;
import io.urubu.classad.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads bounds off a plan: an ad for which the plan is true meets every one of them. */
final class Bounds {
  /** Terms beyond these are left to the program. */
  private static final int MOST = 16;

  private final boolean theirs;

  private Bounds(boolean theirs) {
    this.theirs = theirs;
  }

  /** The bounds of the ads on one side: of a match, theirs; else of the ad that it is run in. */
  static List<Bound> of(Plan plan, boolean theirs) {
    List<Bound> bounds = new ArrayList<>();
    new Bounds(theirs).collect(plan, bounds);
    return bounds;
  }

  private void collect(Plan plan, List<Bound> bounds) {
    switch (plan) {
      case Plan.Inlined(_, Plan definition) -> collect(definition, bounds);
      case Plan.All(List<Plan> terms) -> {
        for (Plan term : terms) {
          if (bounds.size() < MOST) {
            collect(term, bounds);
          }
        }
      }
      case Plan other -> one(other).ifPresent(bounds::add);
    }
  }

  private Optional<Bound> one(Plan plan) {
    return switch (plan) {
      case Plan.Inlined(_, Plan definition) -> one(definition);
      case Plan.Any(List<Plan> terms) when terms.size() <= MOST -> either(terms);
      case Plan.Binary(
              BinaryOperator operator,
              Plan.Attribute attribute,
              Plan.Constant(Datum value)) ->
          compared(operator, attribute, value);
      case Plan.Binary(
              BinaryOperator operator,
              Plan.Constant(Datum value),
              Plan.Attribute attribute) ->
          compared(mirrored(operator), attribute, value);
      case Plan _ -> Optional.empty();
    };
  }

  private Optional<Bound> either(List<Plan> terms) {
    List<Bound> branches = new ArrayList<>(terms.size());
    for (Plan term : terms) {
      // Of a branch with several terms any one bound will do.
      List<Bound> bounds = of(term, theirs);
      if (bounds.isEmpty()) {
        return Optional.empty();
      }
      branches.add(bounds.getFirst());
    }
    return Optional.of(new Bound.Either(branches));
  }

  private Optional<Bound> compared(BinaryOperator operator, Plan.Attribute attribute, Datum value) {
    Name name = attribute.name();
    boolean asked =
        switch (attribute.where()) {
          case HERE, MINE -> !theirs;
          case THEIRS -> theirs;
          case OUTERMOST -> false;
        };
    if (!asked || ScopeName.of(name.key()) != ScopeName.NONE) {
      return Optional.empty();
    }
    if (value instanceof Datum.Text(String text)) {
      boolean same = operator == BinaryOperator.EQUAL || operator == BinaryOperator.IS;
      return same ? Optional.of(new Bound.Same(name.key(), Name.key(text))) : Optional.empty();
    }
    return Numbers.isNumber(value)
        ? range(operator, name.key(), Numbers.real(value))
        : Optional.empty();
  }

  /** Both ends are included always: integers close to the end may round to it. */
  private static Optional<Bound> range(BinaryOperator operator, String key, double value) {
    return switch (operator) {
      case EQUAL, IS -> Optional.of(new Bound.Range(key, value, value));
      case LESS, LESS_EQUAL -> Optional.of(new Bound.Range(key, Double.NEGATIVE_INFINITY, value));
      case GREATER, GREATER_EQUAL ->
          Optional.of(new Bound.Range(key, value, Double.POSITIVE_INFINITY));
      default -> Optional.empty();
    };
  }

  private static BinaryOperator mirrored(BinaryOperator operator) {
    return switch (operator) {
      case LESS -> BinaryOperator.GREATER;
      case LESS_EQUAL -> BinaryOperator.GREATER_EQUAL;
      case GREATER -> BinaryOperator.LESS;
      case GREATER_EQUAL -> BinaryOperator.LESS_EQUAL;
      default -> operator;
    };
  }
}
