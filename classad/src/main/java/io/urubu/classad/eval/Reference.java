package io.urubu.classad.eval;

import io.urubu.classad.ast.Name;
import io.urubu.classad.ast.Node;
import org.jspecify.annotations.Nullable;

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

  /** The program that the name stands for here; null if there is none. */
  public @Nullable Program definition(Evaluation evaluation, Scope scope) {
    Program found = lookup.definition(absolute ? evaluation.root() : scope, evaluation);
    Scope counterpart = scope.counterpart();
    return found == null && !absolute && counterpart != null
        ? lookup.definition(counterpart, evaluation)
        : found;
  }

  /** The tree of the attribute that the name stands for here; null if there is none. */
  public @Nullable Node written(Evaluation evaluation, Scope scope) {
    Scope at = scope;
    while (at != null) {
      int slot = at.attributes().slot(name.key());
      if (slot >= 0) {
        return at.attributes().node(slot);
      }
      at = at == evaluation.root() ? null : at.parent();
    }
    return null;
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
