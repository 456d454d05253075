package io.urubu.classad.eval;

/** The names that mean something where no attribute of that name is found. */
public enum ScopeName {
  /** Any other name. */
  NONE,
  /** MY and self: the ad in which the name is looked up. */
  SELF,
  /** The ad around that one. */
  PARENT,
  /** root and toplevel: the outermost ad. */
  ROOT,
  /** TARGET and other: the other ad of a match. */
  COUNTERPART,
  /** CurrentTime. */
  NOW;

  /** The meaning of this key. */
  public static ScopeName of(String key) {
    return switch (key) {
      case "my", "self" -> SELF;
      case "parent" -> PARENT;
      case "root", "toplevel" -> ROOT;
      case "target", "other" -> COUNTERPART;
      case "currenttime" -> NOW;
      default -> NONE;
    };
  }
}
