package io.urubu.classad.function;

import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.eval.Items;
import java.util.ArrayList;
import java.util.List;

/** Cutting strings into lists. */
final class SplitFunctions {
  private static final String SEPARATORS = ", \t";

  private SplitFunctions() {}

  static void register(Table table) {
    table.add("split", 1, 2, SplitFunctions::split);
    table.add("splitUserName", value -> atSign("splitUserName", value, true));
    table.add("splitSlotName", value -> atSign("splitSlotName", value, false));
  }

  private static Datum split(List<Datum> arguments, Evaluation evaluation) {
    String separators = SEPARATORS;
    if (arguments.size() == 2) {
      if (!(arguments.get(1) instanceof Datum.Text(String given))) {
        return Conversion.wrong("split", arguments.get(1));
      }
      separators = given;
    }
    return arguments.getFirst() instanceof Datum.Text(String text)
        ? Items.of(pieces(text, separators, evaluation).stream().map(Datum::of).toList())
        : Conversion.wrong("split", arguments.getFirst());
  }

  /**
   * Blanks run together; the same separator again gives an empty piece. A separator that directly
   * follows a piece begins a row; one behind blanks goes on with the row before the piece.
   */
  private static List<String> pieces(String text, String separators, Evaluation evaluation) {
    List<String> pieces = new ArrayList<>();
    Delimiters delimiters = Delimiters.of(separators);
    char row = 0;
    int from = 0;
    for (int at = 0; at <= text.length(); at++) {
      if (at < text.length() && !delimiters.has(text.charAt(at))) {
        continue;
      }
      boolean ends = at > from;
      evaluation.roomForItems(pieces.size());
      if (ends) {
        pieces.add(text.substring(from, at));
      }
      if (at < text.length() && text.charAt(at) != ' ' && text.charAt(at) != '\t') {
        if (row == text.charAt(at) && !ends) {
          pieces.add("");
        }
        row = text.charAt(at);
      }
      from = at + 1;
    }
    return pieces;
  }

  private static Datum atSign(String name, Datum value, boolean bareIsFirst) {
    if (!(value instanceof Datum.Text(String text))) {
      return Conversion.wrong(name, value);
    }
    int at = text.indexOf('@');
    if (at >= 0) {
      return pair(text.substring(0, at), text.substring(at + 1));
    }
    return bareIsFirst ? pair(text, "") : pair("", text);
  }

  private static Datum pair(String first, String second) {
    return Items.of(List.of(Datum.of(first), Datum.of(second)));
  }
}
