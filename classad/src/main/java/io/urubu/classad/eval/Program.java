package io.urubu.classad.eval;

/** A planned expression: immutable, shared by threads. Run it through {@link Evaluation#run}. */
public interface Program {
  /** The value in this scope; it never throws on data but {@link AbortException}. */
  Datum run(Evaluation evaluation, Scope scope);
}
