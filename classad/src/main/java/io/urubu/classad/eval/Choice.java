package io.urubu.classad.eval;

/** {@code test ? then : otherwise}. */
final class Choice implements Program {
  private final Program test;
  private final Program then;
  private final Program otherwise;

  Choice(Program test, Program then, Program otherwise) {
    this.test = test;
    this.then = then;
    this.otherwise = otherwise;
  }

  @Override
  public Datum run(Evaluation evaluation, Scope scope) {
    return switch (Truth.of(evaluation.run(test, scope))) {
      case Datum.Bool(boolean holds) -> evaluation.run(holds ? then : otherwise, scope);
      case Datum other -> other;
    };
  }
}
