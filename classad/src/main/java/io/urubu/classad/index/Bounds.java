package io.urubu.classad.index;

import io.urubu.classad.ast.BinaryOperator;
import io.urubu.classad.ast.Name;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Numbers;
import io.urubu.classad.eval.ScopeName;
import io.urubu.classad.limit.FreshStack;
import io.urubu.classad.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a plan asks of single attributes: an ad for which it is true meets every bound.
 *
 * @param all the bounds
 * @param exact whether that is all that the plan asks, so that it is true if they are met
 */
record Bounds(List<Bound> all, boolean exact) {
  /** Terms beyond these are left to the program. */
  private static final int MOST = 16;

  /** Integers up to here have a real of their own. */
  private static final double EXACT_INTEGERS = 0x1p53;

  Bounds {
    all = List.copyOf(all);
  }

  /** The bounds of the ads on one side: of a match, theirs; else of the ad that it is run in. */
  static Bounds of(Plan plan, boolean theirs) {
    return FreshStack.ifNeeded(() -> read(plan, theirs));
  }

  private static Bounds read(Plan plan, boolean theirs) {
    Reader reader = new Reader(theirs);
    reader.collect(plan);
    return new Bounds(reader.bounds, reader.exact);
  }

  private static final class Reader {
    private final boolean theirs;
    private final List<Bound> bounds = new ArrayList<>();
    private boolean exact = true;

    Reader(boolean theirs) {
      this.theirs = theirs;
    }

    void collect(Plan plan) {
      switch (plan) {
        case Plan.Inlined(_, Plan definition) -> collect(definition);
        case Plan.All(List<Plan> terms) -> terms.forEach(this::collect);
        case Plan other -> add(one(other));
      }
    }

    private void add(Optional<Bound> bound) {
      if (bound.isPresent() && bounds.size() < MOST) {
        bounds.add(bound.get());
      } else {
        exact = false;
      }
    }

    private Optional<Bound> one(Plan plan) {
      return switch (plan) {
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
        Bounds branch = read(term, theirs);
        if (branch.all.isEmpty()) {
          return Optional.empty();
        }
        // Of a branch with several terms any one bound will do.
        branches.add(branch.all.getFirst());
        exact &= branch.exact && branch.all.size() == 1;
      }
      if (branches.stream().mapToInt(Bound::size).sum() > MOST) {
        return Optional.empty();
      }
      // A term that is an error ends an || where a later one would have held. Comparisons of one
      // attribute with constants of one kind are errors together or not at all.
      exact &= branches.stream().map(Bound::subject).distinct().count() == 1;
      return Optional.of(new Bound.Either(branches));
    }

    private Optional<Bound> compared(
        BinaryOperator operator, Plan.Attribute attribute, Datum value) {
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
      exact &= operator != BinaryOperator.IS;
      if (value instanceof Datum.Text(String text)) {
        boolean same = operator == BinaryOperator.EQUAL || operator == BinaryOperator.IS;
        return same ? Optional.of(new Bound.Same(name.key(), Name.key(text))) : Optional.empty();
      }
      return Numbers.isNumber(value) && !Double.isNaN(Numbers.real(value))
          ? range(operator, name.key(), Numbers.real(value))
          : Optional.empty();
    }

    private Optional<Bound> range(BinaryOperator operator, String key, double value) {
      boolean certain = Math.abs(value) < EXACT_INTEGERS;
      exact &= certain;
      // An integer close to a large end may round to it, so that the end must not be left out.
      double above = certain ? Math.nextUp(value) : value;
      double below = certain ? Math.nextDown(value) : value;
      return switch (operator) {
        case EQUAL, IS -> Optional.of(new Bound.Range(key, value, value));
        case LESS -> Optional.of(new Bound.Range(key, Double.NEGATIVE_INFINITY, below));
        case LESS_EQUAL -> Optional.of(new Bound.Range(key, Double.NEGATIVE_INFINITY, value));
        case GREATER -> Optional.of(new Bound.Range(key, above, Double.POSITIVE_INFINITY));
        case GREATER_EQUAL -> Optional.of(new Bound.Range(key, value, Double.POSITIVE_INFINITY));
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
}
