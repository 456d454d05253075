package io.urubu.classad.explain;

/** Whose ad something is in, as seen from the ad whose expression is explained. */
public enum Side {
  /** The ad whose expression is explained. */
  MY,
  /** The other ad of the match. */
  TARGET,
  /** Neither: the expression itself, or a name that no ad has. */
  NONE;

  /** The name as it is written to mean this side's attribute alone. */
  String prefixed(String name) {
    return this == NONE ? name : this + "." + name;
  }
}
