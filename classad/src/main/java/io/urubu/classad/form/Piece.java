package io.urubu.classad.form;

import io.urubu.classad.limit.Limits;
import io.urubu.classad.parse.ParseException;
import io.urubu.classad.parse.SourceText;
import java.io.IOException;

/** One ad's text while it is taken, bounded by what an ad may be long. */
final class Piece {
  /** Ads that stand far to the right of a long line do without their exact column. */
  private static final int WIDEST_INDENT = 2000;

  private final TextInput in;
  private final StringBuilder taken = new StringBuilder();
  private final int line;

  /** Begins at what the input has next; blanks stand for what is before it in the line. */
  Piece(TextInput in) {
    this.in = in;
    this.line = in.line();
    taken.repeat(' ', Math.min(in.column() - 1, WIDEST_INDENT));
  }

  char take() throws IOException, ParseException {
    if (taken.length() >= Limits.AD_CHARS) {
      throw in.problem(
          "an ad of more than " + Limits.AD_CHARS + " characters, begun in line " + line);
    }
    char c = in.take();
    taken.append(c);
    return c;
  }

  void take(int count) throws IOException, ParseException {
    for (int i = 0; i < count; i++) {
      take();
    }
  }

  /** Takes the chars up to and with this text, or all that are left. */
  void takePast(String text) throws IOException, ParseException {
    while (in.peek() != TextInput.END && !in.startsWith(text)) {
      take();
    }
    take(in.peek() == TextInput.END ? 0 : text.length());
  }

  /** Takes a string in quotes, in which a backslash keeps a quote from ending it. */
  void takeQuoted() throws IOException, ParseException {
    char quote = take();
    while (in.peek() != TextInput.END) {
      char c = take();
      if (c == quote) {
        return;
      }
      if (c == '\\' && in.peek() != TextInput.END) {
        take();
      }
    }
  }

  SourceText text() {
    return in.piece(taken, line);
  }
}
