package io.urubu.classad.eval;

import io.urubu.classad.ast.BinaryOperator;
import io.urubu.classad.ast.UnaryOperator;

/** The operators that need all their operands' values. */
public final class Operators {
  private Operators() {}

  /** The value of {@code left operator right}. */
  public static Datum apply(BinaryOperator operator, Datum left, Datum right) {
    if (operator == BinaryOperator.IS) {
      return Comparison.is(left, right);
    }
    if (operator == BinaryOperator.ISNT) {
      return Truth.not(Comparison.is(left, right));
    }
    if (left instanceof Datum.Failure) {
      return left;
    }
    if (right instanceof Datum.Failure) {
      return right;
    }
    if (left instanceof Datum.Undefined || right instanceof Datum.Undefined) {
      return Values.UNDEFINED;
    }
    Datum value =
        switch (operator) {
          case ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER ->
              Arithmetic.apply(operator, left, right);
          case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL ->
              Comparison.apply(operator, left, right);
          case BIT_OR, BIT_XOR, BIT_AND, SHIFT_LEFT, SHIFT_RIGHT, SHIFT_RIGHT_UNSIGNED ->
              left instanceof Datum.Int(long a) && right instanceof Datum.Int(long b)
                  ? Datum.of(bits(operator, a, b))
                  : null;
          case AND, OR, IS, ISNT -> null;
        };
    return value != null
        ? value
        : Datum.failure(left.kind() + " " + operator.symbol() + " " + right.kind());
  }

  /** The value of {@code operator operand}. */
  public static Datum apply(UnaryOperator operator, Datum operand) {
    return switch (operand) {
      case Datum.Undefined _, Datum.Failure _ -> operand;
      case Datum _ when operator == UnaryOperator.NOT -> Truth.not(operand);
      case Datum.Int(long number) -> Datum.of(integer(operator, number));
      case Datum.Real(double number) when operator == UnaryOperator.MINUS -> Datum.of(-number);
      case Datum.Interval(double seconds) when operator == UnaryOperator.MINUS ->
          new Datum.Interval(-seconds);
      case Datum.Real _, Datum.Interval _ when operator == UnaryOperator.PLUS -> operand;
      case Datum _ -> Datum.failure("'" + operator.symbol() + "' before " + operand.kind());
    };
  }

  private static long integer(UnaryOperator operator, long number) {
    return switch (operator) {
      case MINUS -> -number;
      case COMPLEMENT -> ~number;
      case PLUS, NOT -> number;
    };
  }

  private static long bits(BinaryOperator operator, long a, long b) {
    return switch (operator) {
      case BIT_OR -> a | b;
      case BIT_XOR -> a ^ b;
      case BIT_AND -> a & b;
      case SHIFT_LEFT -> a << b;
      case SHIFT_RIGHT -> a >> b;
      default -> a >>> b;
    };
  }
}
