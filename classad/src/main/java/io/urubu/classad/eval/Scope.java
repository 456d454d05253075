package io.urubu.classad.eval;

import org.jspecify.annotations.Nullable;

/** An ad as a value: its attributes, the ad it is written in, and in a match the other ad. */
public final class Scope implements Datum {
  public static final Scope EMPTY = new Scope(Attributes.NONE, null);

  private final Attributes attributes;
  private final @Nullable Scope parent;
  private @Nullable Scope counterpart;

  Scope(Attributes attributes, @Nullable Scope parent) {
    this.attributes = attributes;
    this.parent = parent;
  }

  /** An ad that stands alone. */
  public static Scope of(Attributes attributes) {
    return new Scope(attributes, null);
  }

  /** An ad that is matched with another one. */
  public static Scope matched(Attributes mine, Attributes other) {
    Scope left = new Scope(mine, null);
    Scope right = new Scope(other, null);
    left.counterpart = right;
    right.counterpart = left;
    return left;
  }

  public Attributes attributes() {
    return attributes;
  }

  /** The ad that this one is written in. */
  public @Nullable Scope parent() {
    return parent;
  }

  /** The other ad of the match. */
  public @Nullable Scope counterpart() {
    return counterpart;
  }
}
