package io.urubu.classad.explain;

/**
 * A condition as it is written.
 *
 * @param side whose ad it stands in; NONE for an expression that was given by itself
 * @param attribute the attribute that it is a part of; empty for an expression given by itself
 * @param column where it begins in that attribute's expression on one line, from 1, in characters
 * @param text the condition itself, on one line
 */
public record Condition(Side side, String attribute, int column, String text) {
  /** The place for people: {@code MY.Requirements:17}; empty for an expression given by itself. */
  public String place() {
    return attribute.isEmpty() ? "" : side.prefixed(attribute) + ":" + column;
  }
}
