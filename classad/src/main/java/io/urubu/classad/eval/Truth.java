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

  static Datum not(Datum operand) {
    return switch (of(operand)) {
      case Datum.Bool(boolean value) -> Datum.of(!value);
      case Datum other -> other;
    };
  }
}
