package io.urubu.classad.xml;

import io.urubu.classad.parse.ParseException;
import io.urubu.classad.parse.SourceText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code <name attribute="value">}, {@code <name/>} or {@code </name>}, and its place. */
record XmlTag(
    String name,
    Map<String, String> attributes,
    boolean isClosing,
    boolean isEmpty,
    int start,
    int end) {

  XmlTag {
    attributes = Map.copyOf(attributes);
  }

  static XmlTag read(SourceText source, int start) throws ParseException {
    return new Reader(source, start).read();
  }

  @Nullable String attribute(String key) {
    return attributes.get(key);
  }

  @Override
  public String toString() {
    return (isClosing ? "</" : "<") + name + (isEmpty ? "/>" : ">");
  }

  /** Reads one tag. */
  private static final class Reader {
    private final SourceText source;
    private final String text;
    private final int start;
    private int at;

    Reader(SourceText source, int start) {
      this.source = source;
      this.text = source.text();
      this.start = start;
      this.at = start + 1;
    }

    XmlTag read() throws ParseException {
      boolean closing = take('/');
      String name = name("the name of an element");
      Map<String, String> attributes = new LinkedHashMap<>();
      skipBlanks();
      while (!closing && isName()) {
        String key = name("the name of an attribute");
        skipBlanks();
        expect('=');
        skipBlanks();
        attributes.put(key, value());
        skipBlanks();
      }
      boolean empty = !closing && take('/');
      expect('>');
      return new XmlTag(name, attributes, closing, empty, start, at);
    }

    private String name(String expected) throws ParseException {
      int from = at;
      while (isName()) {
        at++;
      }
      if (at == from) {
        throw source.problem(at, "expected " + expected);
      }
      return text.substring(from, at);
    }

    private boolean isName() {
      return at < text.length()
          && (Character.isLetterOrDigit(text.charAt(at)) || "_-.:".indexOf(text.charAt(at)) >= 0);
    }

    /** A backslash keeps a quote from ending the value, as it does where HTCondor writes one. */
    private String value() throws ParseException {
      int from = at + 1;
      if (!take('"') && !take('\'')) {
        throw source.problem(at, "expected a value in quotes");
      }
      char quote = text.charAt(from - 1);
      while (at < text.length() && text.charAt(at) != quote) {
        at += text.charAt(at) == '\\' ? 2 : 1;
      }
      if (at >= text.length()) {
        throw source.problem(from - 1, "a value that does not end, expected " + quote);
      }
      StringBuilder value = new StringBuilder();
      XmlEntities.decode(source, from, at, value);
      at++;
      return value.toString();
    }

    private void skipBlanks() {
      while (at < text.length() && text.charAt(at) <= ' ') {
        at++;
      }
    }

    private boolean take(char c) {
      boolean there = at < text.length() && text.charAt(at) == c;
      at += there ? 1 : 0;
      return there;
    }

    private void expect(char c) throws ParseException {
      if (!take(c)) {
        throw source.problem(at, "expected '" + c + "'");
      }
    }
  }
}
