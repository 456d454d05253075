package io.urubu.classad.eval;

import java.util.List;

/** A function of the language. */
@FunctionalInterface
public interface Function {
  /** The arguments are programs, for functions that run some of them only. */
  Datum call(Evaluation evaluation, Scope scope, List<Program> arguments);
}
