package io.urubu.classad.explain;

import io.urubu.classad.ast.Name;
import java.util.HashSet;
import java.util.Set;

/** The attributes whose definitions an explanation is in the midst of. */
record Trail(Set<String> names) {
  static final Trail EMPTY = new Trail(Set.of());

  /** A cycle must not be followed, nor a way that nobody would read to its end. */
  private static final int LONGEST = 20;

  boolean has(Side side, String name) {
    return names.size() >= LONGEST || names.contains(key(side, name));
  }

  Trail with(Side side, String name) {
    Set<String> longer = new HashSet<>(names);
    longer.add(key(side, name));
    return new Trail(Set.copyOf(longer));
  }

  private static String key(Side side, String name) {
    return side.prefixed(Name.key(name));
  }
}
