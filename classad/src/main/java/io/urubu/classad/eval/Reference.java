package io.urubu.classad.eval;

import io.urubu.classad.ast.Name;

/** A bare or absolute attribute name. */
public final class Reference implements Program {
  private final Name name;
  private final boolean absolute;
  private final Lookup lookup;

  Reference(Name name, boolean absolute) {
    this.name = name;
    this.absolute = absolute;
    this.lookup = new Lookup(name);
  }

  public Name name() {
    return name;
  }

  public boolean isAbsolute() {
    return absolute;
  }

  @Override
  public Datum run(Evaluation evaluation, Scope scope) {
    Datum value = lookup.from(absolute ? evaluation.root() : scope, evaluation);
    Scope counterpart = scope.counterpart();
    if (value == null && !absolute && counterpart != null) {
      value = lookup.from(counterpart, evaluation);
    }
    return value == null ? Values.UNDEFINED : value;
  }
}
