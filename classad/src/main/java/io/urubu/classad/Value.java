package io.urubu.classad;

import java.util.List;

/** What an expression evaluates to. */
public sealed interface Value {
  /** The value of what is not there. */
  record Undefined() implements Value {}

  /** The language's {@code error}; the reason is for people. */
  record Failed(String reason) implements Value {}

  /** The evaluation had no end: a cycle, or a limit was reached. Never a match, never true. */
  record Aborted(String reason) implements Value {}

  /** True or false. */
  record Bool(boolean value) implements Value {}

  /** An integer. */
  record Whole(long value) implements Value {}

  /** A floating-point number. */
  record Real(double value) implements Value {}

  /** A string. */
  record Text(String value) implements Value {}

  /** A point in time: seconds since 1970, and the offset of its zone in seconds. */
  record Moment(long seconds, int offset) implements Value {}

  /** A length of time in seconds. */
  record Interval(double seconds) implements Value {}

  /** A list, its items evaluated. */
  record Items(List<Value> items) implements Value {
    public Items {
      items = List.copyOf(items);
    }
  }

  /** An ad, standing alone: what it took from the ads around it is no longer there. */
  record Nested(ClassAd ad) implements Value {}

  /** True, and numbers other than zero: what counts as true in Requirements. */
  default boolean isTrue() {
    return switch (this) {
      case Bool(boolean value) -> value;
      case Whole(long value) -> value != 0;
      case Real(double value) -> value != 0;
      case Undefined _, Failed _, Aborted _, Text _, Moment _, Interval _, Items _, Nested _ ->
          false;
    };
  }
}
