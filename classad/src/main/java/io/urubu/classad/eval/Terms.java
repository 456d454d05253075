package io.urubu.classad.eval;

import java.util.List;

/** Terms joined by {@code &&} or {@code ||}, run from left to right until one decides. */
final class Terms implements Program {
  private final Program[] terms;
  private final Datum deciding;
  private final Datum neutral;

  private Terms(List<Program> terms, Datum deciding, Datum neutral) {
    this.terms = terms.toArray(Program[]::new);
    this.deciding = deciding;
    this.neutral = neutral;
  }

  static Terms all(List<Program> terms) {
    return new Terms(terms, Values.FALSE, Values.TRUE);
  }

  static Terms any(List<Program> terms) {
    return new Terms(terms, Values.TRUE, Values.FALSE);
  }

  @Override
  public Datum run(Evaluation evaluation, Scope scope) {
    Datum value = neutral;
    for (Program term : terms) {
      Datum next = Truth.of(evaluation.run(term, scope));
      if (next == deciding || next instanceof Datum.Failure) {
        return next;
      }
      if (next != neutral) {
        value = next; // undefined, until a later term decides
      }
    }
    return value;
  }
}
