package io.urubu.classad.eval;

import io.urubu.classad.ast.BinaryOperator;
import java.util.List;

/** Operators of one precedence, from left to right; not {@code &&} and {@code ||}. */
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
      Datum left = evaluation.weighed(value);
      value = Operators.apply(operators.get(i), left, evaluation.run(operands.get(i), scope));
    }
    return value;
  }
}
