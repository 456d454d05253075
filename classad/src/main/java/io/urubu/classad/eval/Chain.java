package io.urubu.classad.eval;

import io.urubu.classad.ast.BinaryOperator;
import java.util.List;

/** Operators of one precedence, from left to right. */
final class Chain implements Program {
  private final Program first;
  private final List<BinaryOperator> operators;
  private final List<Program> operands;

  Chain(Program first, List<BinaryOperator> operators, List<Program> operands) {
    this.first = first;
    this.operators = List.copyOf(operators);
    this.operands = List.copyOf(operands);
  }

  @Override
  public Datum run(Evaluation evaluation, Scope scope) {
    Datum value = evaluation.run(first, scope);
    for (int i = 0; i < operands.size(); i++) {
      Program right = operands.get(i);
      value =
          switch (operators.get(i)) {
            case AND -> Truth.and(value, right, evaluation, scope);
            case OR -> Truth.or(value, right, evaluation, scope);
            default ->
                Operators.apply(
                    operators.get(i), evaluation.weighed(value), evaluation.run(right, scope));
          };
    }
    return value;
  }
}
