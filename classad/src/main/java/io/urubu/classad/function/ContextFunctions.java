package io.urubu.classad.function;

import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.eval.Items;
import io.urubu.classad.eval.Program;
import io.urubu.classad.eval.Reference;
import io.urubu.classad.eval.Scope;
import io.urubu.classad.eval.Selection;
import io.urubu.classad.eval.Truth;
import io.urubu.classad.eval.Values;
import java.util.ArrayList;
import java.util.List;

/** Functions that evaluate one expression in each ad of a list. */
final class ContextFunctions {
  private ContextFunctions() {}

  static void register(Table table) {
    table.addLazy("evalInEachContext", 2, 2, ContextFunctions::evalInEachContext);
    table.addLazy("countMatches", 2, 2, ContextFunctions::countMatches);
  }

  private static Datum evalInEachContext(
      Evaluation evaluation, Scope scope, List<Program> arguments) {
    Datum list = evaluation.run(arguments.get(1), scope);
    if (!(list instanceof Items contexts)) {
      return Conversion.isUndefined(list) ? list : Conversion.wrong("evalInEachContext", list);
    }
    return Items.of(values(definition(evaluation, scope, arguments), contexts, evaluation));
  }

  private static Datum countMatches(Evaluation evaluation, Scope scope, List<Program> arguments) {
    Datum list = evaluation.run(arguments.get(1), scope);
    if (!(list instanceof Items contexts)) {
      return Conversion.isUndefined(list) ? Datum.of(0L) : Conversion.wrong("countMatches", list);
    }
    return Datum.of(
        values(definition(evaluation, scope, arguments), contexts, evaluation).stream()
            .filter(value -> Truth.of(value).equals(Values.TRUE))
            .count());
  }

  private static List<Datum> values(Program program, Items contexts, Evaluation evaluation) {
    List<Datum> values = new ArrayList<>(contexts.size());
    for (int i = 0; i < contexts.size(); i++) {
      evaluation.spend(1); // values among the items cost nothing to run, yet each is looked at
      Datum context = evaluation.runContained(contexts.programs().get(i), contexts.scope());
      values.add(
          switch (context) {
            case Scope ad -> evaluation.runContained(program, ad);
            case Datum.Undefined _ -> context;
            default -> Conversion.wrong("evalInEachContext", context);
          });
    }
    return values;
  }

  /** A name stands for what it is defined as here, if it is; the ads see that definition. */
  private static Program definition(Evaluation evaluation, Scope scope, List<Program> arguments) {
    Program written = arguments.getFirst();
    Program found =
        switch (written) {
          case Reference reference -> reference.definition(evaluation, scope);
          case Selection selection -> selection.definition(evaluation, scope);
          default -> null;
        };
    return found == null ? written : found;
  }
}
