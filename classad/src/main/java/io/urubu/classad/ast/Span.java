package io.urubu.classad.ast;

/** A piece of the source text: from {@code start} up to but not including {@code end}. */
public record Span(int start, int end) {
  /** The span of what no text was written for. */
  public static final Span NONE = new Span(0, 0);
}
