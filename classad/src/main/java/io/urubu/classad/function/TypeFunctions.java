package io.urubu.classad.function;

import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.eval.Items;
import io.urubu.classad.eval.Program;
import io.urubu.classad.eval.Scope;
import io.urubu.classad.eval.Truth;
import java.util.List;

/** What kind a value is, and a choice between values. */
final class TypeFunctions {
  private TypeFunctions() {}

  static void register(Table table) {
    table.add("isUndefined", value -> Datum.of(value instanceof Datum.Undefined));
    table.add("isError", value -> Datum.of(value instanceof Datum.Failure));
    table.add("isString", value -> Datum.of(value instanceof Datum.Text));
    table.add("isInteger", value -> Datum.of(value instanceof Datum.Int));
    table.add("isReal", value -> Datum.of(value instanceof Datum.Real));
    table.add("isBoolean", value -> Datum.of(value instanceof Datum.Bool));
    table.add("isList", value -> Datum.of(value instanceof Items));
    table.add("isClassAd", value -> Datum.of(value instanceof Scope));
    table.add("isAbsTime", value -> Datum.of(value instanceof Datum.Moment));
    table.add("isRelTime", value -> Datum.of(value instanceof Datum.Interval));
    table.addLazy("ifThenElse", 3, 3, TypeFunctions::ifThenElse);
  }

  private static Datum ifThenElse(Evaluation evaluation, Scope scope, List<Program> arguments) {
    return switch (Truth.of(evaluation.run(arguments.get(0), scope))) {
      case Datum.Bool(boolean holds) -> evaluation.run(arguments.get(holds ? 1 : 2), scope);
      case Datum other -> other;
    };
  }
}
