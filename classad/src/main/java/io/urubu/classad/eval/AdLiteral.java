package io.urubu.classad.eval;

/** An ad that was written down inside another expression. */
final class AdLiteral implements Program {
  private final Attributes attributes;

  AdLiteral(Attributes attributes) {
    this.attributes = attributes;
  }

  @Override
  public Datum run(Evaluation evaluation, Scope scope) {
    return new Scope(attributes, scope);
  }
}
