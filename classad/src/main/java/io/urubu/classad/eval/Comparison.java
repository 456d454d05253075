package io.urubu.classad.eval;

import io.urubu.classad.ast.BinaryOperator;
import io.urubu.classad.ast.ByteText;
import org.jspecify.annotations.Nullable;

/** Comparisons; null where the operands cannot be compared. */
public final class Comparison {
  private Comparison() {}

  static @Nullable Datum apply(BinaryOperator operator, Datum left, Datum right) {
    if (left instanceof Datum.Text(String a) && right instanceof Datum.Text(String b)) {
      return Datum.of(texts(operator, a, b));
    }
    if (left instanceof Datum.Int(long a) && right instanceof Datum.Int(long b)) {
      return Datum.of(holds(operator, Long.compare(a, b)));
    }
    if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
      return left instanceof Datum.Real || right instanceof Datum.Real
          ? reals(operator, Numbers.real(left), Numbers.real(right))
          : Datum.of(holds(operator, Long.compare(Numbers.integer(left), Numbers.integer(right))));
    }
    if (left instanceof Datum.Moment(long a, _) && right instanceof Datum.Moment(long b, _)) {
      return Datum.of(holds(operator, Long.compare(a, b)));
    }
    if (left instanceof Datum.Interval(double a) && right instanceof Datum.Interval(double b)) {
      return reals(operator, a, b);
    }
    return null;
  }

  /** Sameness of kind and value; never undefined. Two lists and two ads cannot be told apart. */
  static Datum is(Datum left, Datum right) {
    return switch (left) {
      case Datum.Undefined _ -> Datum.of(right instanceof Datum.Undefined);
      case Datum.Failure _ -> Datum.of(right instanceof Datum.Failure);
      case Datum.Bool a -> Datum.of(right instanceof Datum.Bool b && a.value() == b.value());
      case Datum.Int a -> Datum.of(right instanceof Datum.Int b && a.value() == b.value());
      case Datum.Real a -> Datum.of(right instanceof Datum.Real b && a.value() == b.value());
      case Datum.Text a -> Datum.of(right instanceof Datum.Text b && a.value().equals(b.value()));
      case Datum.Moment a -> Datum.of(a.equals(right));
      case Datum.Interval a ->
          Datum.of(right instanceof Datum.Interval b && a.seconds() == b.seconds());
      case Items _ -> right instanceof Items ? Datum.failure("=?= between lists") : Values.FALSE;
      case Scope _ -> right instanceof Scope ? Datum.failure("=?= between ads") : Values.FALSE;
    };
  }

  /** Strings of different length are never equal, whatever the case of their letters. */
  private static boolean texts(BinaryOperator operator, String a, String b) {
    return switch (operator) {
      case EQUAL -> a.length() == b.length() && compare(a, b, true) == 0;
      case NOT_EQUAL -> a.length() != b.length() || compare(a, b, true) != 0;
      default -> holds(operator, compare(a, b, true));
    };
  }

  /** The order of the bytes, ASCII letters of either case being the same where asked for. */
  public static int compare(String a, String b, boolean ignoreCase) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        if (x >= 0x80 && y >= 0x80) {
          return compareBytes(a, b, ignoreCase);
        }
        int difference = ignoreCase ? lower(x) - lower(y) : x - y;
        if (difference != 0) {
          return Integer.signum(difference);
        }
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  private static int compareBytes(String a, String b, boolean ignoreCase) {
    String x = ByteText.bytes(a);
    String y = ByteText.bytes(b);
    int length = Math.min(x.length(), y.length());
    for (int i = 0; i < length; i++) {
      int difference =
          ignoreCase ? lower(x.charAt(i)) - lower(y.charAt(i)) : x.charAt(i) - y.charAt(i);
      if (difference != 0) {
        return Integer.signum(difference);
      }
    }
    return Integer.compare(x.length(), y.length());
  }

  private static int lower(char c) {
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
  }

  static boolean holds(BinaryOperator operator, int order) {
    return switch (operator) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case LESS_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      default -> order >= 0;
    };
  }

  private static Datum reals(BinaryOperator operator, double a, double b) {
    return Datum.of(
        switch (operator) {
          case EQUAL -> a == b;
          case NOT_EQUAL -> a != b;
          case LESS -> a < b;
          case LESS_EQUAL -> a <= b;
          case GREATER -> a > b;
          default -> a >= b;
        });
  }
}
