package io.urubu.classad.form;

import io.urubu.classad.parse.ParseException;
import io.urubu.classad.parse.SourceText;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Ads in brackets, one after the other, or in lists of them with a comma between: what forms with
 * brackets have in common.
 */
public final class NestedTexts implements AdTexts {
  private final TextInput in;
  private final Brackets brackets;
  private boolean inList;
  private boolean afterAd;

  public NestedTexts(TextInput in, Brackets brackets) {
    this.in = in;
    this.brackets = brackets;
  }

  /** Which brackets are an ad's, and which a list's. */
  public enum Brackets {
    /** {@code {[a = 1], [b = 2]}}. */
    NEW('[', ']', '{', '}', "\"'"),
    /** {@code [{"a": 1}, {"b": 2}]}. */
    JSON('{', '}', '[', ']', "\"");

    private final char ad;
    private final char adEnd;
    private final char list;
    private final char listEnd;
    private final String quotes;

    Brackets(char ad, char adEnd, char list, char listEnd, String quotes) {
      this.ad = ad;
      this.adEnd = adEnd;
      this.list = list;
      this.listEnd = listEnd;
      this.quotes = quotes;
    }
  }

  @Override
  public @Nullable SourceText next() throws IOException, ParseException {
    while (true) {
      Blanks.skip(in);
      int c = in.peek();
      if (c == brackets.ad && !(inList && afterAd)) {
        afterAd = true;
        return ad();
      }
      if (c == TextInput.END && !inList) {
        return null;
      }
      if (c == brackets.list && !inList) {
        inList = true;
        afterAd = false;
      } else if (c == brackets.listEnd && inList) {
        inList = false;
        afterAd = false;
      } else if (c == ',' && afterAd) {
        afterAd = false;
      } else {
        throw in.problem(unexpected(c));
      }
      in.take();
    }
  }

  /** The text from the ad's bracket to the one that closes it, or to the end if none does. */
  private SourceText ad() throws IOException, ParseException {
    Piece piece = new Piece(in);
    int depth = 0;
    while (in.peek() != TextInput.END) {
      if (brackets.quotes.indexOf(in.peek()) >= 0) {
        piece.takeQuoted();
      } else if (in.startsWith("//") || in.startsWith("/*")) {
        piece.take(Blanks.end(in, 0));
      } else {
        char c = piece.take();
        depth += c == brackets.ad ? 1 : c == brackets.adEnd ? -1 : 0;
        if (depth == 0) {
          break;
        }
      }
    }
    return piece.text();
  }

  private String unexpected(int c) {
    String seen = c == TextInput.END ? "end" : "'" + (char) c + "'";
    String expected =
        !inList
            ? "an ad, which begins with '" + brackets.ad + "', or the end"
            : afterAd
                ? "',' or '" + brackets.listEnd + "'"
                : "an ad, which begins with '" + brackets.ad + "', or '" + brackets.listEnd + "'";
    return "unexpected " + seen + ", expected " + expected;
  }
}
