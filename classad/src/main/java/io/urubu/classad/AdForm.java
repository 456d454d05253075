package io.urubu.classad;

import io.urubu.classad.form.AdTexts;
import io.urubu.classad.form.LongTexts;
import io.urubu.classad.form.NestedTexts;
import io.urubu.classad.form.TextInput;
import io.urubu.classad.form.XmlTexts;
import java.io.IOException;

/** The forms in which ads are written down. */
public enum AdForm {
  /** Lines of {@code Name = expression} in old syntax, with an empty line after each ad. */
  LONG,
  /** {@code [a = 1; b = "x"]}, one after the other or in a list with curly brackets. */
  NEW,
  /** What {@code condor_q -json} prints: objects, in a list or one after the other. */
  JSON,
  /** What {@code condor_q -xml} prints: elements {@code <c>} within {@code <classads>}. */
  XML;

  /** The form that a text seems to have. */
  static AdForm of(TextInput text) throws IOException {
    String beginning = text.beginning(2);
    return switch (beginning) {
      case "{[" -> NEW;
      case "[{" -> JSON;
      // An empty list of JSON has a line of its own for each bracket; an empty ad has not.
      case "[]" -> text.startsWith("[\n") ? JSON : NEW;
      default ->
          beginning.isEmpty()
              ? LONG
              : switch (beginning.charAt(0)) {
                case '<' -> XML;
                case '{' -> JSON;
                case '[' -> NEW;
                default -> LONG;
              };
    };
  }

  AdTexts texts(TextInput text) {
    return switch (this) {
      case LONG -> new LongTexts(text);
      case NEW -> new NestedTexts(text, NestedTexts.Brackets.NEW);
      case JSON -> new NestedTexts(text, NestedTexts.Brackets.JSON);
      case XML -> new XmlTexts(text);
    };
  }
}
