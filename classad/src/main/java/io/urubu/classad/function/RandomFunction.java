package io.urubu.classad.function;

import io.urubu.classad.eval.AbortException;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Evaluation;
import java.util.List;

/** random(): a number by chance. */
final class RandomFunction {
  private RandomFunction() {}

  static void register(Table table) {
    table.add("random", 0, 1, RandomFunction::random);
  }

  /** Below 1, or below the argument; an integer is cut to 32 bits, as it always has been. */
  private static Datum random(List<Datum> arguments, Evaluation evaluation) {
    Datum below = arguments.isEmpty() ? Datum.of(1.0) : arguments.getFirst();
    return switch (below) {
      case Datum.Int(long number) when (int) number > 0 ->
          Datum.of((long) evaluation.random().nextInt((int) number));
      case Datum.Real(double number) when !(number <= 0) ->
          Datum.of(evaluation.random().nextDouble() * number);
      case Datum.Int _, Datum.Real _ ->
          throw new AbortException("random() below a number that is not positive");
      default -> Conversion.wrong("random", below);
    };
  }
}
