package io.urubu.classad.form;

import io.urubu.classad.parse.ParseException;
import io.urubu.classad.parse.SourceText;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Elements {@code <c>} within {@code <classads>}, or without it. The declarations before it are
 * passed over: what they point to is never read.
 */
public final class XmlTexts implements AdTexts {
  private static final String ROOT = "classads";

  private final TextInput in;
  private boolean inRoot;

  public XmlTexts(TextInput in) {
    this.in = in;
  }

  @Override
  public @Nullable SourceText next() throws IOException, ParseException {
    while (true) {
      while (Blanks.is(in.peek())) {
        in.take();
      }
      if (in.peek() == TextInput.END) {
        if (inRoot) {
          throw in.problem("unexpected end, expected <c> or </classads>");
        }
        return null;
      }
      if (isTag("<c")) {
        return ad();
      }
      pass();
    }
  }

  /** Whether a tag with exactly this name comes next. */
  private boolean isTag(String start) throws IOException {
    int next = in.peek(start.length());
    return in.startsWith(start) && (next == '>' || next == '/' || Blanks.is(next));
  }

  /** Takes what stands before, between and behind ads. */
  private void pass() throws IOException, ParseException {
    Piece piece = new Piece(in);
    if (in.startsWith("<!--")) {
      piece.takePast("-->");
    } else if (!inRoot && (in.startsWith("<?") || in.startsWith("<!DOCTYPE"))) {
      declaration(piece);
    } else if (!inRoot && isTag("<" + ROOT)) {
      piece.takePast(">");
      inRoot = !piece.text().text().endsWith("/>");
    } else if (inRoot && isTag("</" + ROOT)) {
      piece.takePast(">");
      inRoot = false;
    } else {
      throw in.problem(
          inRoot ? "expected <c> or </classads>" : "expected <classads>, <c> or the end");
    }
  }

  private void declaration(Piece piece) throws IOException, ParseException {
    while (in.peek() != TextInput.END && in.peek() != '>') {
      if (in.peek() == '[') {
        throw in.problem("a document type with declarations of its own, which are not read");
      }
      if (in.peek() == '"' || in.peek() == '\'') {
        piece.takePast(String.valueOf(piece.take()));
      } else {
        piece.take();
      }
    }
    piece.take(in.peek() == TextInput.END ? 0 : 1);
  }

  /** The text from the ad's tag to the one that closes it, or to the end if none does. */
  private SourceText ad() throws IOException, ParseException {
    Piece piece = new Piece(in);
    int depth = 0;
    do {
      if (in.startsWith("<!--")) {
        piece.takePast("-->");
      } else if (in.startsWith("<![CDATA[")) {
        piece.takePast("]]>");
      } else if (isTag("<c")) {
        depth += tag(piece) ? 1 : 0;
      } else if (isTag("</c")) {
        depth -= tag(piece) ? 1 : 0;
      } else if (in.peek() == '<') {
        tag(piece);
      } else {
        piece.take();
      }
    } while (depth > 0 && in.peek() != TextInput.END);
    return piece.text();
  }

  /** Takes a tag; whether it is one with something to follow. */
  private boolean tag(Piece piece) throws IOException, ParseException {
    char last = '<';
    while (in.peek() != TextInput.END && in.peek() != '>') {
      if (in.peek() == '"' || in.peek() == '\'') {
        piece.takeQuoted();
        last = '"';
      } else {
        last = piece.take();
      }
    }
    piece.take(in.peek() == TextInput.END ? 0 : 1);
    return last != '/';
  }
}
