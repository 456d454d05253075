package io.urubu.classad.eval;

/** A value. It is its own program. */
public sealed interface Datum extends Program
    permits Datum.Undefined,
        Datum.Failure,
        Datum.Bool,
        Datum.Int,
        Datum.Real,
        Datum.Text,
        Datum.Moment,
        Datum.Interval,
        Items,
        Scope {

  static Datum of(boolean value) {
    return value ? Values.TRUE : Values.FALSE;
  }

  static Datum of(long value) {
    return new Int(value);
  }

  static Datum of(double value) {
    return new Real(value);
  }

  static Datum of(String value) {
    return new Text(value);
  }

  static Datum failure(String reason) {
    return new Failure(reason);
  }

  @Override
  default Datum run(Evaluation evaluation, Scope scope) {
    return this;
  }

  /** What messages call values of this kind. */
  default String kind() {
    return switch (this) {
      case Undefined _ -> "undefined";
      case Failure _ -> "an error";
      case Bool _ -> "a boolean";
      case Int _ -> "an integer";
      case Real _ -> "a real";
      case Text _ -> "a string";
      case Moment _ -> "a point in time";
      case Interval _ -> "a length of time";
      case Items _ -> "a list";
      case Scope _ -> "an ad";
    };
  }

  /** The value of what is not there. */
  record Undefined() implements Datum {}

  /** The language's {@code error}; the reason is for people. */
  record Failure(String reason) implements Datum {}

  record Bool(boolean value) implements Datum {}

  record Int(long value) implements Datum {}

  record Real(double value) implements Datum {}

  record Text(String value) implements Datum {}

  /** A point in time: seconds since 1970, and the zone's offset in seconds. */
  record Moment(long seconds, int offset) implements Datum {}

  /** A length of time in seconds. */
  record Interval(double seconds) implements Datum {}
}
