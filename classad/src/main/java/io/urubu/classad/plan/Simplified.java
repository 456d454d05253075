package io.urubu.classad.plan;

import io.urubu.classad.ast.BinaryOperator;
import io.urubu.classad.ast.UnaryOperator;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Operators;
import io.urubu.classad.eval.Truth;
import io.urubu.classad.eval.Values;
import java.util.ArrayList;
import java.util.List;

/**
 * Plans of operators, with what is known of their operands put to use. The value stays the same.
 */
final class Simplified {
  private Simplified() {}

  static Plan unary(UnaryOperator operator, Plan operand) {
    return operand instanceof Plan.Constant(Datum value)
        ? new Plan.Constant(Operators.apply(operator, value))
        : new Plan.Unary(operator, operand);
  }

  /** Operators of one precedence. */
  static Plan chain(Plan first, List<BinaryOperator> operators, List<Plan> operands) {
    if (operators.getFirst() == BinaryOperator.AND || operators.getFirst() == BinaryOperator.OR) {
      List<Plan> terms = new ArrayList<>(operands.size() + 1);
      terms.add(first);
      terms.addAll(operands);
      return operators.getFirst() == BinaryOperator.AND ? all(terms) : any(terms);
    }
    int known = 0;
    Plan start = first;
    while (known < operands.size()
        && start instanceof Plan.Constant(Datum left)
        && operands.get(known) instanceof Plan.Constant(Datum right)) {
      start = new Plan.Constant(Operators.apply(operators.get(known), left, right));
      known++;
    }
    return switch (operands.size() - known) {
      case 0 -> start;
      case 1 -> new Plan.Binary(operators.getLast(), start, operands.getLast());
      default ->
          new Plan.Chain(
              start,
              operators.subList(known, operators.size()),
              operands.subList(known, operands.size()));
    };
  }

  /** {@code &&} is associative, also with undefined, errors and what is never run. */
  static Plan all(List<Plan> terms) {
    List<Plan> needed = new ArrayList<>(terms.size());
    for (Plan term : terms) {
      if (term instanceof Plan.All(List<Plan> inner)) {
        needed.addAll(inner);
      } else {
        needed.add(term);
      }
    }
    List<Plan> open = open(needed, Values.TRUE);
    return open.size() == 1 && isTruth(open.getFirst()) ? open.getFirst() : new Plan.All(open);
  }

  static Plan any(List<Plan> terms) {
    List<Plan> needed = new ArrayList<>(terms.size());
    for (Plan term : terms) {
      if (term instanceof Plan.Any(List<Plan> inner)) {
        needed.addAll(inner);
      } else {
        needed.add(term);
      }
    }
    List<Plan> open = open(needed, Values.FALSE);
    return open.size() == 1 && isTruth(open.getFirst()) ? open.getFirst() : new Plan.Any(open);
  }

  /** The terms without those that change nothing, up to the first that decides. */
  private static List<Plan> open(List<Plan> terms, Datum neutral) {
    List<Plan> open = new ArrayList<>(terms.size());
    for (Plan term : terms) {
      if (!(term instanceof Plan.Constant(Datum value))) {
        open.add(term);
        continue;
      }
      Datum truth = Truth.of(value);
      if (truth != neutral) {
        open.add(new Plan.Constant(truth));
        if (truth != Values.UNDEFINED) {
          break;
        }
      }
    }
    return open.isEmpty() ? List.of(new Plan.Constant(neutral)) : open;
  }

  /** Whether the value can only be true, false, undefined or an error. */
  private static boolean isTruth(Plan plan) {
    return switch (plan) {
      case Plan.Constant _ -> true; // a term that is constant was made one
      case Plan.All _, Plan.Any _ -> true;
      case Plan.Inlined(_, Plan definition) -> isTruth(definition);
      case Plan.Unary(UnaryOperator operator, _) -> operator == UnaryOperator.NOT;
      case Plan.Binary(BinaryOperator operator, _, _) ->
          switch (operator) {
            case EQUAL, NOT_EQUAL, IS, ISNT, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL -> true;
            default -> false;
          };
      case Plan _ -> false;
    };
  }

  static Plan choice(Plan test, Plan then, Plan otherwise) {
    if (!(test instanceof Plan.Constant(Datum value))) {
      return new Plan.Choice(test, then, otherwise);
    }
    Datum truth = Truth.of(value);
    return truth == Values.TRUE
        ? then
        : truth == Values.FALSE ? otherwise : new Plan.Constant(truth);
  }

  static Plan fallback(Plan test, Plan otherwise) {
    if (!(test instanceof Plan.Constant(Datum value))) {
      return new Plan.Fallback(test, otherwise);
    }
    return value instanceof Datum.Undefined ? otherwise : test;
  }
}
