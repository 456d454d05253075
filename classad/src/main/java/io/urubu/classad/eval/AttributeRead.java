package io.urubu.classad.eval;

import io.urubu.classad.ast.Name;

/**
 * An attribute of this ad or of the other one, in the way that nearly all are read: in an outermost
 * ad, with nobody having given MY or TARGET another meaning. All else is left to the general way.
 */
final class AttributeRead implements Program {
  private final String key;
  private final boolean mine;
  private final boolean theirs;
  private final Program general;

  /** An attribute of this ad if it is mine, else of the other one if it is theirs. */
  AttributeRead(Name name, boolean mine, boolean theirs, Program general) {
    this.key = name.key();
    this.mine = mine;
    this.theirs = theirs;
    this.general = general;
  }

  @Override
  public Datum run(Evaluation evaluation, Scope scope) {
    if (scope.parent() != null || scope.attributes().redefinesScopes()) {
      return general.run(evaluation, scope);
    }
    if (mine) {
      int slot = scope.attributes().slot(key);
      if (slot >= 0) {
        return evaluation.attribute(slot, scope);
      }
    }
    Scope other = theirs ? scope.counterpart() : null;
    return other == null ? Values.UNDEFINED : of(other, evaluation);
  }

  private Datum of(Scope other, Evaluation evaluation) {
    int slot = other.attributes().slot(key);
    return slot < 0 ? Values.UNDEFINED : evaluation.attribute(slot, other);
  }
}
