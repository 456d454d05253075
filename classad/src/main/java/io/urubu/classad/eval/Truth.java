package io.urubu.classad.eval;

/** The logic of true, false, undefined and error. */
public final class Truth {
  private Truth() {}

  /** A boolean for booleans and numbers; undefined and errors as they are; else an error. */
  public static Datum of(Datum value) {
    return switch (value) {
      case Datum.Bool _, Datum.Undefined _, Datum.Failure _ -> value;
      case Datum.Int(long number) -> Datum.of(number != 0);
      case Datum.Real(double number) -> Datum.of(number != 0);
      case Datum.Text _, Datum.Moment _, Datum.Interval _, Items _, Scope _ ->
          Datum.failure(value.kind() + " where true or false is needed");
    };
  }

  static Datum and(Datum left, Program right, Evaluation evaluation, Scope scope) {
    return decide(left, right, false, evaluation, scope);
  }

  static Datum or(Datum left, Program right, Evaluation evaluation, Scope scope) {
    return decide(left, right, true, evaluation, scope);
  }

  static Datum not(Datum operand) {
    return switch (of(operand)) {
      case Datum.Bool(boolean value) -> Datum.of(!value);
      case Datum other -> other;
    };
  }

  /** The left side decides alone if it is the deciding value or an error. */
  private static Datum decide(
      Datum left, Program right, boolean deciding, Evaluation evaluation, Scope scope) {
    Datum first = of(left);
    if (first instanceof Datum.Failure
        || (first instanceof Datum.Bool(boolean value) && value == deciding)) {
      return first;
    }
    Datum second = of(evaluation.run(right, scope));
    boolean open = second instanceof Datum.Bool(boolean value) && value != deciding;
    return open ? first : second;
  }
}
