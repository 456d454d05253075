package io.urubu.classad;

import io.urubu.classad.form.AdTexts;
import io.urubu.classad.form.LongTexts;
import io.urubu.classad.form.NestedTexts;
import io.urubu.classad.form.TextInput;
import java.io.IOException;

/** The forms in which ads are written down. */
public enum AdForm {
  /** Lines of {@code Name = expression} in old syntax, with an empty line after each ad. */
  LONG,
  /** {@code [a = 1; b = "x"]}, one after the other or in a list with curly brackets. */
  NEW;

  /** The form that a text seems to have. */
  static AdForm of(TextInput text) throws IOException {
    String beginning = text.beginning(2);
    return switch (beginning) {
      case "{[" -> NEW;
      default -> beginning.startsWith("[") ? NEW : LONG;
    };
  }

  AdTexts texts(TextInput text) {
    return switch (this) {
      case LONG -> new LongTexts(text);
      case NEW -> new NestedTexts(text, NestedTexts.Brackets.NEW);
    };
  }
}
