package io.urubu.classad.eval;

/** The values that there is one of each. */
public final class Values {
  public static final Datum UNDEFINED = new Datum.Undefined();
  public static final Datum TRUE = new Datum.Bool(true);
  public static final Datum FALSE = new Datum.Bool(false);

  private Values() {}
}
