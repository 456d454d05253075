package io.urubu.classad.eval;

import io.urubu.classad.ast.BinaryOperator;

/** An attribute compared with a number that is known, as most terms of a Requirements are. */
final class ComparedWithNumber implements Program {
  private final BinaryOperator operator;
  private final AttributeRead attribute;
  private final Datum constant;
  private final boolean whole;
  private final long integer;
  private final double real;
  private final Datum ifLess;
  private final Datum ifEqual;
  private final Datum ifGreater;

  ComparedWithNumber(BinaryOperator operator, AttributeRead attribute, Datum constant) {
    this.operator = operator;
    this.attribute = attribute;
    this.constant = constant;
    this.whole = constant instanceof Datum.Int;
    this.integer = whole ? Numbers.integer(constant) : 0;
    this.real = Numbers.real(constant);
    this.ifLess = Datum.of(Comparison.holds(operator, -1));
    this.ifEqual = Datum.of(Comparison.holds(operator, 0));
    this.ifGreater = Datum.of(Comparison.holds(operator, 1));
  }

  @Override
  public Datum run(Evaluation evaluation, Scope scope) {
    Datum value = attribute.run(evaluation, scope);
    if (value instanceof Datum.Int(long number)) {
      return whole
          ? number < integer ? ifLess : number > integer ? ifGreater : ifEqual
          : ordered((double) number);
    }
    return value instanceof Datum.Real(double number)
        ? ordered(number)
        : Operators.apply(operator, evaluation.weighed(value), constant);
  }

  private Datum ordered(double number) {
    if (number < real) {
      return ifLess;
    }
    if (number > real) {
      return ifGreater;
    }
    // What is not a number is in no order with anything, and only unequal.
    return number == real ? ifEqual : Datum.of(operator == BinaryOperator.NOT_EQUAL);
  }
}
