package io.urubu.classad.form;

import io.urubu.classad.parse.ParseException;
import io.urubu.classad.parse.SourceText;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Ads as lines of {@code Name = expression}, with an empty line between them or one that begins
 * with {@code ***}, as files of finished jobs have. A line that begins with # is a comment.
 */
public final class LongTexts implements AdTexts {
  private final TextInput in;

  public LongTexts(TextInput in) {
    this.in = in;
  }

  @Override
  public @Nullable SourceText next() throws IOException, ParseException {
    while (in.peek() != TextInput.END && !isAttribute()) {
      skipLine();
    }
    if (in.peek() == TextInput.END) {
      return null;
    }
    Piece piece = new Piece(in);
    while (in.peek() != TextInput.END && !isBetweenAds()) {
      piece.takePast("\n");
    }
    return piece.text();
  }

  private boolean isAttribute() throws IOException {
    return !isBetweenAds() && first() != '#';
  }

  private boolean isBetweenAds() throws IOException {
    return first() == '\n' || first() == TextInput.END || in.startsWith("***");
  }

  /** The first char of the line that is no blank. */
  private int first() throws IOException {
    int ahead = 0;
    while (in.peek(ahead) != '\n' && Blanks.is(in.peek(ahead))) {
      ahead++;
    }
    return in.peek(ahead);
  }

  private void skipLine() throws IOException {
    boolean ended = false;
    while (!ended && in.peek() != TextInput.END) {
      ended = in.take() == '\n';
    }
  }
}
