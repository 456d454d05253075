package io.urubu.classad.eval;

import io.urubu.classad.ast.Name;

/** The definition of an attribute in the place of its name. */
final class Inlined implements Program {
  private final Name name;
  private final Program definition;

  Inlined(Name name, Program definition) {
    this.name = name;
    this.definition = definition;
  }

  @Override
  public Datum run(Evaluation evaluation, Scope scope) {
    return evaluation.runNamed(name.text(), definition, scope);
  }
}
