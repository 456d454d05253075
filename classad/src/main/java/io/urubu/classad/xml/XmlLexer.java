package io.urubu.classad.xml;

import io.urubu.classad.ast.Node;
import io.urubu.classad.form.Embedded;
import io.urubu.classad.parse.ParseException;
import io.urubu.classad.parse.SourceText;

/** Takes tags and the text between them. */
final class XmlLexer {
  private final SourceText source;
  private final String text;
  private int at;

  XmlLexer(SourceText source) {
    this.source = source;
    this.text = source.text();
  }

  int at() {
    return at;
  }

  /** Skips blanks and comments; what comes next is a tag, or the end. */
  void skipToTag() throws ParseException {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ' ' || (c >= '\t' && c <= '\r')) {
        at++;
      } else if (text.startsWith("<!--", at)) {
        int end = text.indexOf("-->", at);
        if (end < 0) {
          throw problem(at, "a comment that does not end, expected '-->'");
        }
        at = end + 3;
      } else if (c == '<') {
        return;
      } else {
        throw problem(at, "text between elements, expected '<'");
      }
    }
  }

  boolean isAtEnd() {
    return at >= text.length();
  }

  /** The tag that comes next. */
  XmlTag tag() throws ParseException {
    skipToTag();
    if (isAtEnd()) {
      throw problem(at, "unexpected end, expected a tag");
    }
    XmlTag tag = XmlTag.read(source, at);
    at = tag.end();
    return tag;
  }

  /** The text up to the end tag of this element, which is taken. */
  String content(XmlTag open) throws ParseException {
    if (open.isEmpty()) {
      return "";
    }
    StringBuilder content = new StringBuilder();
    while (at < text.length()) {
      if (text.startsWith("<![CDATA[", at)) {
        cdata(content);
      } else if (text.startsWith("<!--", at)) {
        skipToTag();
      } else if (text.charAt(at) == '<') {
        close(open);
        return content.toString();
      } else {
        int end = text.indexOf('<', at);
        int to = end < 0 ? text.length() : end;
        XmlEntities.decode(source, at, to, content);
        at = to;
      }
    }
    throw notClosed(open);
  }

  /** The expression that is the content which begins here. */
  Node expression(int from, String content) throws ParseException {
    int end = Math.max(text.indexOf('<', from), from);
    return Embedded.expression(
        source, from, content, () -> XmlEntities.decodeInPlace(source, from, end));
  }

  private void cdata(StringBuilder content) throws ParseException {
    int end = text.indexOf("]]>", at);
    if (end < 0) {
      throw problem(at, "a section that does not end, expected ']]>'");
    }
    content.append(text, at + "<![CDATA[".length(), end);
    at = end + 3;
  }

  /** Takes the end tag of this element. */
  void close(XmlTag open) throws ParseException {
    if (open.isEmpty()) {
      return;
    }
    skipToTag();
    if (isAtEnd()) {
      throw notClosed(open);
    }
    XmlTag tag = tag();
    if (!tag.isClosing() || !tag.name().equals(open.name())) {
      throw problem(tag.start(), "unexpected " + tag + ", expected </" + open.name() + ">");
    }
  }

  /** Whether the element ends here; its end tag stays. */
  boolean isClosing() throws ParseException {
    skipToTag();
    return text.startsWith("</", at);
  }

  private ParseException notClosed(XmlTag open) {
    return problem(open.start(), open + " that is not closed, expected </" + open.name() + ">");
  }

  ParseException problem(int offset, String problem) {
    return source.problem(offset, problem);
  }
}
