package io.urubu.classad.explain;

import java.util.List;

/** Writes explanations in lines for people. */
final class Telling {
  private static final int OUTCOME_WIDTH = 11;
  private static final int LONGEST = 200;
  private static final String STEP = "  ";

  private final StringBuilder out = new StringBuilder();

  private Telling() {}

  static String of(Explanation explanation) {
    Telling telling = new Telling();
    telling.tell(explanation, "");
    return telling.out.toString();
  }

  private void tell(Explanation explanation, String indent) {
    Verdict verdict = explanation.verdict();
    String place = isTakenApart(explanation) ? "" : explanation.condition().place();
    out.append(indent)
        .append(padded(verdict.outcome().word()))
        .append(what(explanation))
        .append(place.isEmpty() ? "" : "  (" + place + ")")
        .append(explanation.isIdleFailure() ? "  - not reached" : "")
        .append('\n');
    if (saysMore(explanation)) {
      line(indent, verdict.value());
    }
    readings(explanation.readings(), indent);
    explanation.parts().forEach(part -> tell(part, indent + STEP));
  }

  private static String padded(String outcome) {
    return outcome + " ".repeat(OUTCOME_WIDTH - outcome.length());
  }

  /** Whether only the parts are shown. */
  private static boolean isTakenApart(Explanation explanation) {
    return switch (explanation.kind()) {
      case ALL, ANY, NOT -> !explanation.parts().isEmpty();
      case CHOICE, NAME, TERM -> false;
    };
  }

  private static String what(Explanation explanation) {
    int parts = explanation.parts().size();
    return switch (explanation.kind()) {
      case ALL -> "all of these " + parts;
      case ANY -> "any of these " + parts;
      case NOT -> explanation.parts().isEmpty() ? text(explanation) : "not this";
      case CHOICE, NAME, TERM -> text(explanation);
    };
  }

  private static String text(Explanation explanation) {
    return cut(explanation.condition().text());
  }

  /** Whether the value is not just what the outcome says. */
  private static boolean saysMore(Explanation explanation) {
    return switch (explanation.verdict().outcome()) {
      case ERROR, ABORTED -> explanation.parts().isEmpty();
      case TRUE, FALSE, UNDEFINED -> false;
    };
  }

  private void readings(List<Reading> readings, String indent) {
    for (Reading reading : readings) {
      String name = reading.side().prefixed(reading.name());
      if (!reading.there()) {
        line(indent, name + " is not there");
        continue;
      }
      String from = reading.definition().isEmpty() ? "" : ", from " + cut(reading.definition());
      line(indent, name + " is " + cut(reading.value()) + from);
      readings(reading.readings(), indent + STEP);
    }
  }

  private void line(String indent, String text) {
    out.append(indent).append(" ".repeat(OUTCOME_WIDTH)).append(STEP).append(text).append('\n');
  }

  private static String cut(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
  }
}
