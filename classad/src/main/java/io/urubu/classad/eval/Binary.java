package io.urubu.classad.eval;

import io.urubu.classad.ast.BinaryOperator;

/** An operator between two operands. */
final class Binary implements Program {
  private final BinaryOperator operator;
  private final Program left;
  private final Program right;

  Binary(BinaryOperator operator, Program left, Program right) {
    this.operator = operator;
    this.left = left;
    this.right = right;
  }

  @Override
  public Datum run(Evaluation evaluation, Scope scope) {
    Datum first = evaluation.weighed(evaluation.run(left, scope));
    return Operators.apply(operator, first, evaluation.run(right, scope));
  }
}
