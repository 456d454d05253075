package io.urubu.classad.function;

import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.eval.Program;
import io.urubu.classad.eval.Scope;
import io.urubu.classad.limit.Limits;
import java.util.List;

/** Functions that evaluate text. */
final class EvaluationFunctions {
  private EvaluationFunctions() {}

  static void register(Table table) {
    table.addLazy("eval", 1, 1, EvaluationFunctions::eval);
    table.add("debug", value -> value);
  }

  private static Datum eval(Evaluation evaluation, Scope scope, List<Program> arguments) {
    Datum argument = evaluation.run(arguments.getFirst(), scope);
    if (Conversion.isUndefined(argument) || Conversion.isFailure(argument)) {
      return Conversion.wrong("eval", argument);
    }
    String text = Conversion.text(argument, evaluation);
    evaluation.spend(text.length()); // reading is much more work than copying
    Program program = text.length() > Limits.EXPRESSION_CHARS ? null : evaluation.read(text);
    return program == null
        ? Datum.failure("eval() of what is not an expression")
        : evaluation.runNamed("eval()", program, scope);
  }
}
