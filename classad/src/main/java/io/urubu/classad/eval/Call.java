package io.urubu.classad.eval;

import java.util.List;

/** A function applied to arguments. */
final class Call implements Program {
  private final Function function;
  private final List<Program> arguments;

  Call(Function function, List<Program> arguments) {
    this.function = function;
    this.arguments = List.copyOf(arguments);
  }

  @Override
  public Datum run(Evaluation evaluation, Scope scope) {
    return function.call(evaluation, scope, arguments);
  }
}
