package io.urubu.classad.eval;

import io.urubu.classad.ast.BinaryOperator;

/** An attribute compared with a string that is known. */
final class ComparedWithText implements Program {
  private final BinaryOperator operator;
  private final AttributeRead attribute;
  private final Datum.Text constant;

  ComparedWithText(BinaryOperator operator, AttributeRead attribute, Datum.Text constant) {
    this.operator = operator;
    this.attribute = attribute;
    this.constant = constant;
  }

  @Override
  public Datum run(Evaluation evaluation, Scope scope) {
    Datum value = attribute.run(evaluation, scope);
    // Strings that ads share are kept once, so that the same one is often the very same one.
    return value == constant
        ? Datum.of(Comparison.holds(operator, 0))
        : Operators.apply(operator, evaluation.weighed(value), constant);
  }
}
