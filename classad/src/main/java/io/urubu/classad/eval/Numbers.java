package io.urubu.classad.eval;

/** Integers, reals and booleans as numbers. */
public final class Numbers {
  private static final double LIMIT = 0x1p63;

  private Numbers() {}

  /** An integer, a real or a boolean. */
  public static boolean isNumber(Datum value) {
    return value instanceof Datum.Int || value instanceof Datum.Real || value instanceof Datum.Bool;
  }

  /** The number as an integer, towards zero; 0 for what is no number. */
  public static long integer(Datum value) {
    return switch (value) {
      case Datum.Int(long number) -> number;
      case Datum.Real(double number) -> truncate(number);
      case Datum.Bool(boolean set) -> set ? 1 : 0;
      default -> 0;
    };
  }

  /** The number as a real; 0 for what is no number. */
  public static double real(Datum value) {
    return switch (value) {
      case Datum.Int(long number) -> (double) number;
      case Datum.Real(double number) -> number;
      case Datum.Bool(boolean set) -> set ? 1 : 0;
      default -> 0;
    };
  }

  /** Towards zero; what does not fit, and what is not a number, is the smallest integer. */
  public static long truncate(double number) {
    return number >= -LIMIT && number < LIMIT ? (long) number : Long.MIN_VALUE;
  }

  /** Towards zero in 32 bits; what does not fit, and what is not a number, is the smallest one. */
  public static int narrow(double number) {
    boolean fits = number > Integer.MIN_VALUE - 1.0 && number < Integer.MAX_VALUE + 1.0;
    return fits ? (int) number : Integer.MIN_VALUE;
  }
}
