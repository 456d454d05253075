package io.urubu.classad.eval;

import io.urubu.classad.ast.UnaryOperator;

/** An operator with one operand. */
final class Unary implements Program {
  private final UnaryOperator operator;
  private final Program operand;

  Unary(UnaryOperator operator, Program operand) {
    this.operator = operator;
    this.operand = operand;
  }

  @Override
  public Datum run(Evaluation evaluation, Scope scope) {
    return Operators.apply(operator, evaluation.run(operand, scope));
  }
}
