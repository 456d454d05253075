package io.urubu.classad.function;

import io.urubu.classad.ast.Node;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.eval.Program;
import io.urubu.classad.eval.Reference;
import io.urubu.classad.eval.Scope;
import io.urubu.classad.eval.Selection;
import io.urubu.classad.limit.Limits;
import io.urubu.classad.print.Printer;
import io.urubu.classad.print.Style;
import java.util.List;

/** Functions that evaluate text. */
final class EvaluationFunctions {
  private EvaluationFunctions() {}

  static void register(Table table) {
    table.addLazy("eval", 1, 1, EvaluationFunctions::eval);
    table.addLazy("unparse", 1, 1, EvaluationFunctions::unparse);
    table.add("debug", value -> value);
  }

  /** The text of an attribute of the ads around, on one line. */
  private static Datum unparse(Evaluation evaluation, Scope scope, List<Program> arguments) {
    return switch (arguments.getFirst()) {
      case Selection _ -> Datum.of("");
      case Reference reference when reference.isAbsolute() || isQuoted(reference) -> Datum.of("");
      case Reference reference -> {
        Node node = reference.written(evaluation, scope);
        yield Datum.of(node == null ? "" : Printer.print(node, Style.CANONICAL));
      }
      default -> Datum.failure("unparse() takes the name of an attribute");
    };
  }

  private static boolean isQuoted(Reference reference) {
    StringBuilder name = new StringBuilder();
    Printer.name(reference.name(), Style.CANONICAL, name);
    return name.charAt(0) == '\'';
  }

  private static Datum eval(Evaluation evaluation, Scope scope, List<Program> arguments) {
    Datum argument = evaluation.run(arguments.getFirst(), scope);
    if (Conversion.isUndefined(argument) || Conversion.isFailure(argument)) {
      return Conversion.wrong("eval", argument);
    }
    String text = Conversion.text(argument);
    evaluation.spend(text.length() / 4);
    Program program = text.length() > Limits.EXPRESSION_CHARS ? null : evaluation.read(text);
    return program == null
        ? Datum.failure("eval() of what is not an expression")
        : evaluation.runNamed("eval()", program, scope);
  }
}
