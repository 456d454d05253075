package io.urubu.classad.eval;

import java.util.List;

/** A list: its items are programs, run on access in the scope that they were written in. */
public final class Items implements Datum {
  private final List<Program> programs;
  private final Scope scope;
  private final Origin origin;

  Items(List<Program> programs, Scope scope, Origin origin) {
    this.programs = programs;
    this.scope = scope;
    this.origin = origin;
  }

  /** A list of values. */
  public static Items of(List<? extends Datum> values) {
    return new Items(List.copyOf(values), Scope.EMPTY, Origin.NONE);
  }

  public int size() {
    return programs.size();
  }

  public Datum item(int index, Evaluation evaluation) {
    evaluation.spend(1); // values among the items cost nothing to run, yet going through them does
    return evaluation.run(programs.get(index), scope);
  }

  /** The programs of the items. */
  public List<Program> programs() {
    return programs;
  }

  /** The scope that the items were written in. */
  public Scope scope() {
    return scope;
  }

  /** The text that the list was planned from, if any. */
  public Origin origin() {
    return origin;
  }
}
