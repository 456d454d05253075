package io.urubu.classad.index;

import java.util.List;

/** What one attribute must be for a constraint to be true; more ads may meet it than are meant. */
sealed interface Bound {
  /** The attribute is this string, whatever the case of its letters. */
  record Same(String key, String lowerCase) implements Bound {}

  /** The attribute is a number or truth value from {@code least} to {@code most}, both included. */
  record Range(String key, double least, double most) implements Bound {}

  /** At least one of the branches holds. */
  record Either(List<Bound> branches) implements Bound {
    public Either {
      branches = List.copyOf(branches);
    }
  }
}
