package io.urubu.classad;

import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.eval.Items;
import io.urubu.classad.eval.Scope;
import io.urubu.classad.eval.Trees;
import io.urubu.classad.print.Printer;
import io.urubu.classad.print.Style;
import java.util.ArrayList;
import java.util.List;

/** A value as text that tells it from others; of lists what their items come to. */
final class ValueText {
  private static final int DEEPEST = 5;

  private ValueText() {}

  static String of(Datum value, Evaluation evaluation) {
    return of(value, evaluation, 0);
  }

  private static String of(Datum value, Evaluation evaluation, int depth) {
    if (value instanceof Items items && depth < DEEPEST) {
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < items.size(); i++) {
        Datum item = evaluation.runContained(items.programs().get(i), items.scope());
        texts.add(of(item, evaluation, depth + 1));
      }
      return texts.toString();
    }
    return switch (value) {
      case Datum.Failure _ -> "error";
      case Scope ad -> "an ad of " + ad.attributes().size();
      default -> Printer.print(Trees.of(value), Style.LINE);
    };
  }
}
