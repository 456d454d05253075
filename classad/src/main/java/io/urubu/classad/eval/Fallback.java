package io.urubu.classad.eval;

/** {@code test ?: otherwise}. */
final class Fallback implements Program {
  private final Program test;
  private final Program otherwise;

  Fallback(Program test, Program otherwise) {
    this.test = test;
    this.otherwise = otherwise;
  }

  @Override
  public Datum run(Evaluation evaluation, Scope scope) {
    Datum value = evaluation.run(test, scope);
    return value instanceof Datum.Undefined ? evaluation.run(otherwise, scope) : value;
  }
}
