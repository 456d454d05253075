package io.urubu.classad.print;

/** The forms in which a tree is written. */
public enum Style {
  /** One line for programs and people: new syntax, reads back to the same tree. */
  LINE(false, true),
  /** A value in lines of {@code Name = value}: old syntax, reads back to the same value. */
  LONG(true, true),
  /** What string() and its like give: new syntax, 16 digits of a real. */
  CANONICAL(false, false),
  /** What condor_status prints: old syntax, 16 digits of a real. */
  CANONICAL_LONG(true, false),
  /** What unparse() gives: as CANONICAL, with lists and ads on lines of their own. */
  INDENTED(false, false);

  private final boolean old;
  private final boolean exact;

  Style(boolean old, boolean exact) {
    this.old = old;
    this.exact = exact;
  }

  /** Strings with quotes escaped and nothing else. */
  boolean isOld() {
    return old;
  }

  /** Nothing is lost by printing and reading. */
  boolean isExact() {
    return exact;
  }

  /** New syntax as tradition has it. */
  boolean isTraditional() {
    return !old && !exact;
  }

  /** Without the blanks that tradition puts inside brackets and before unary operators. */
  boolean isTight() {
    return this == LINE;
  }
}
