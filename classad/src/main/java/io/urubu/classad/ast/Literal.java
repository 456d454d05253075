package io.urubu.classad.ast;

/** A value that was written down. */
public sealed interface Literal extends Node {
  record Undefined(Span span) implements Literal {}

  record Failure(Span span) implements Literal {}

  record Bool(boolean value, Span span) implements Literal {}

  record Int(long value, Span span) implements Literal {}

  record Real(double value, Span span) implements Literal {}

  record Text(String value, Span span) implements Literal {}

  /** A point in time: seconds since 1970 and the zone's offset in seconds. */
  record Moment(long seconds, int offset, Span span) implements Literal {}

  /** A length of time in seconds. */
  record Interval(double seconds, Span span) implements Literal {}
}
