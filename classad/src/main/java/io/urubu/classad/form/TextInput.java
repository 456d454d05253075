package io.urubu.classad.form;

import io.urubu.classad.ast.ByteText;
import io.urubu.classad.parse.ParseException;
import io.urubu.classad.parse.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A text that is taken char by char: it can be looked at ahead and knows where it stands. */
public final class TextInput implements AutoCloseable {
  static final int END = -1;
  private static final int SHOWN = 200;
  private static final String BYTES_OF_MARK = "\u00EF\u00BB\u00BF";

  private final Reader in;
  private final String name;
  private final boolean bytes;
  private char[] buffer = new char[8192];
  private int at;
  private int end;
  private int line = 1;
  private int column = 1;

  private TextInput(Reader in, String name, boolean bytes) {
    this.in = in;
    this.name = name;
    this.bytes = bytes;
  }

  /** Reads a text; the name is for messages. */
  public static TextInput of(Reader text, String name) {
    return new TextInput(text, name, false);
  }

  /** Reads bytes as UTF-8; what is none is kept as {@link ByteText} says. */
  public static TextInput of(InputStream bytes, String name) {
    return new TextInput(new InputStreamReader(bytes, StandardCharsets.ISO_8859_1), name, true);
  }

  /** The next char but {@code ahead}, which stays; {@link #END} behind the last. */
  int peek(int ahead) throws IOException {
    while (at + ahead >= end) {
      if (!fill()) {
        return END;
      }
    }
    return buffer[at + ahead];
  }

  int peek() throws IOException {
    return peek(0);
  }

  /** Whether the text goes on with these chars. */
  public boolean startsWith(String prefix) throws IOException {
    return startsWith(prefix, 0);
  }

  boolean startsWith(String prefix, int ahead) throws IOException {
    for (int i = 0; i < prefix.length(); i++) {
      if (peek(ahead + i) != prefix.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Takes the next char, which must be there. */
  char take() throws IOException {
    if (peek() == END) {
      throw new IllegalStateException("nothing behind the end");
    }
    char c = buffer[at++];
    if (c == '\n') {
      line++;
      column = 1;
    } else {
      column++;
    }
    return c;
  }

  private boolean fill() throws IOException {
    if (at > 0) {
      System.arraycopy(buffer, at, buffer, 0, end - at);
      end -= at;
      at = 0;
    } else if (end == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int read = in.read(buffer, end, buffer.length - end);
    if (read > 0) {
      end += read;
    }
    return read > 0;
  }

  /**
   * The first chars but blanks and comments, which stay; a byte order mark at the beginning is
   * taken.
   */
  public String beginning(int chars) throws IOException {
    if (startsWith("\uFEFF")) {
      at += 1;
    } else if (startsWith(BYTES_OF_MARK)) {
      at += BYTES_OF_MARK.length();
    }
    StringBuilder first = new StringBuilder();
    int ahead = 0;
    while (first.length() < chars && peek(ahead) != END) {
      int next = Blanks.end(this, ahead);
      if (next > ahead) {
        ahead = next;
      } else {
        first.append((char) peek(ahead++));
      }
    }
    return first.toString();
  }

  int line() {
    return line;
  }

  int column() {
    return column;
  }

  /** A piece of the text that was taken, as a text of its own that knows its place in this one. */
  SourceText piece(CharSequence taken, int firstLine) {
    String text = taken.toString();
    return new SourceText(bytes ? ByteText.text(text) : text, name, firstLine);
  }

  /** What is wrong with what comes next. */
  ParseException problem(String problem) throws IOException {
    StringBuilder shown = new StringBuilder(" ".repeat(Math.min(column - 1, SHOWN)));
    int from = shown.length();
    for (int i = 0; i < SHOWN && peek(i) != END && peek(i) != '\n'; i++) {
      shown.append((char) peek(i));
    }
    return piece(shown, line).problem(from, problem);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
