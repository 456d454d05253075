package io.urubu.classad.index;

import java.util.List;

/** What one attribute must be for a constraint to be true; more ads may meet it than are meant. */
sealed interface Bound {
  /** Which attribute is asked for which kind of value. */
  String subject();

  /** How many comparisons it is made of. */
  default int size() {
    return 1;
  }

  /** The attribute is this string, whatever the case of its letters. */
  record Same(String key, String lowerCase) implements Bound {
    @Override
    public String subject() {
      return key + " text";
    }
  }

  /** The attribute is a number or truth value from {@code least} to {@code most}, both included. */
  record Range(String key, double least, double most) implements Bound {
    @Override
    public String subject() {
      return key + " number";
    }
  }

  /** At least one of the branches holds. */
  record Either(List<Bound> branches) implements Bound {
    public Either {
      branches = List.copyOf(branches);
    }

    @Override
    public int size() {
      return branches.stream().mapToInt(Bound::size).sum();
    }

    @Override
    public String subject() {
      return branches.getFirst().subject();
    }
  }
}
