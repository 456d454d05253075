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
    Datum value = evaluation.run(operand, scope);
    return switch (value) {
      case Datum.Undefined _, Datum.Failure _ -> value;
      default -> operator == UnaryOperator.NOT ? Truth.not(value) : number(value);
    };
  }

  private Datum number(Datum value) {
    return switch (value) {
      case Datum.Int(long number) -> integer(number);
      case Datum.Real(double number) when operator == UnaryOperator.MINUS -> Datum.of(-number);
      case Datum.Interval(double seconds) when operator == UnaryOperator.MINUS ->
          new Datum.Interval(-seconds);
      case Datum.Real _, Datum.Interval _ when operator == UnaryOperator.PLUS -> value;
      default -> Datum.failure("'" + operator.symbol() + "' before " + value.kind());
    };
  }

  private Datum integer(long number) {
    return switch (operator) {
      case MINUS -> Datum.of(-number);
      case COMPLEMENT -> Datum.of(~number);
      case PLUS, NOT -> Datum.of(number);
    };
  }
}
