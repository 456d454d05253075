package io.urubu.classad.eval;

import io.urubu.classad.ast.Name;

/** An item of a list by number, or an attribute of an ad by name. */
final class Subscript implements Program {
  private final Program base;
  private final Program index;

  Subscript(Program base, Program index) {
    this.base = base;
    this.index = index;
  }

  @Override
  public Datum run(Evaluation evaluation, Scope scope) {
    Datum from = evaluation.run(base, scope);
    Datum at = evaluation.run(index, scope);
    if (from instanceof Datum.Failure || at instanceof Datum.Failure) {
      return from instanceof Datum.Failure ? from : at;
    }
    if (from instanceof Datum.Undefined || at instanceof Datum.Undefined) {
      return Values.UNDEFINED;
    }
    if (from instanceof Items items && at instanceof Datum.Int(long number)) {
      int narrow = (int) number; // as the language has always done it
      return narrow < 0 || narrow >= items.size()
          ? Datum.failure("item " + number + " of a list of " + items.size())
          : evaluation.runContained(items.programs().get(narrow), items.scope());
    }
    if (from instanceof Scope ad && at instanceof Datum.Text(String name)) {
      int slot = ad.attributes().slot(Name.key(name));
      return slot < 0
          ? Values.UNDEFINED
          : evaluation.runContained((run, place) -> run.attribute(slot, place), ad);
    }
    return Datum.failure(at.kind() + " as subscript of " + from.kind());
  }
}
