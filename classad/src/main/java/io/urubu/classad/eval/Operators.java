package io.urubu.classad.eval;

import io.urubu.classad.ast.BinaryOperator;

/** The operators that need both operands' values. */
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
