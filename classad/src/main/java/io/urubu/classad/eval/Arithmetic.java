package io.urubu.classad.eval;

import io.urubu.classad.ast.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** Arithmetic on numbers and times; null where the operands do not go together. */
final class Arithmetic {
  private Arithmetic() {}

  static @Nullable Datum apply(BinaryOperator operator, Datum left, Datum right) {
    if (left instanceof Datum.Int(long a) && right instanceof Datum.Int(long b)) {
      return integers(operator, a, b);
    }
    if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
      return left instanceof Datum.Real || right instanceof Datum.Real
          ? reals(operator, Numbers.real(left), Numbers.real(right))
          : integers(operator, Numbers.integer(left), Numbers.integer(right));
    }
    return times(operator, left, right);
  }

  private static Datum integers(BinaryOperator operator, long a, long b) {
    return switch (operator) {
      case ADD -> Datum.of(a + b);
      case SUBTRACT -> Datum.of(a - b);
      case MULTIPLY -> Datum.of(a * b);
      case DIVIDE -> b == 0 ? Datum.failure("division by zero") : Datum.of(quotient(a, b));
      default -> b == 0 ? Datum.failure("division by zero") : Datum.of(a % b);
    };
  }

  private static long quotient(long a, long b) {
    return a == Long.MIN_VALUE && b == -1 ? Long.MAX_VALUE : a / b;
  }

  private static @Nullable Datum reals(BinaryOperator operator, double a, double b) {
    double value =
        switch (operator) {
          case ADD -> a + b;
          case SUBTRACT -> a - b;
          case MULTIPLY -> a * b;
          default -> a / b;
        };
    if (operator == BinaryOperator.REMAINDER) {
      return null;
    }
    return value == Double.POSITIVE_INFINITY ? Datum.failure("infinite") : Datum.of(value);
  }

  private static @Nullable Datum times(BinaryOperator operator, Datum left, Datum right) {
    return switch (operator) {
      case ADD -> sum(left, right);
      case SUBTRACT -> difference(left, right);
      case MULTIPLY -> {
        Datum product = scaled(left, right, true);
        yield product != null ? product : scaled(right, left, true);
      }
      case DIVIDE -> scaled(left, right, false);
      default -> null;
    };
  }

  private static @Nullable Datum sum(Datum left, Datum right) {
    if (left instanceof Datum.Interval(double a)) {
      return right instanceof Datum.Interval(double b)
          ? new Datum.Interval(a + b)
          : right instanceof Datum.Moment moment ? later(moment, Numbers.narrow(a)) : null;
    }
    return left instanceof Datum.Moment moment && right instanceof Datum.Interval(double b)
        ? later(moment, Numbers.narrow(b))
        : null;
  }

  private static @Nullable Datum difference(Datum left, Datum right) {
    if (left instanceof Datum.Interval(double a) && right instanceof Datum.Interval(double b)) {
      return new Datum.Interval(a - b);
    }
    if (left instanceof Datum.Moment from) {
      return switch (right) {
        case Datum.Moment(long seconds, _) ->
            new Datum.Interval((double) (from.seconds() - seconds));
        case Datum.Interval(double b) -> later(from, -(long) Numbers.narrow(b));
        default -> null;
      };
    }
    return null;
  }

  private static Datum later(Datum.Moment moment, long seconds) {
    return new Datum.Moment(moment.seconds() + seconds, moment.offset());
  }

  private static @Nullable Datum scaled(Datum interval, Datum factor, boolean multiply) {
    if (!(interval instanceof Datum.Interval(double seconds))
        || !(factor instanceof Datum.Int || factor instanceof Datum.Real)) {
      return null;
    }
    double by = Numbers.real(factor);
    return new Datum.Interval(multiply ? seconds * by : seconds / by);
  }
}
