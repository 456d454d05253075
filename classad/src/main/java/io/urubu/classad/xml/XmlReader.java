package io.urubu.classad.xml;

import io.urubu.classad.ast.Name;
import io.urubu.classad.ast.Node;
import io.urubu.classad.ast.Span;
import io.urubu.classad.limit.FreshStack;
import io.urubu.classad.limit.Limits;
import io.urubu.classad.parse.ParseException;
import io.urubu.classad.parse.SourceText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one ad from XML. This is the little XML that ads are written in: it has no declarations and
 * reads no other file. It is not the platform's reader since HTCondor writes a quote in the name of
 * an attribute in a way that is not XML.
 */
public final class XmlReader {
  private final XmlLexer lexer;
  private final XmlValues values;
  private int depth;
  private int elements;

  private XmlReader(SourceText source) {
    this.lexer = new XmlLexer(source);
    this.values = new XmlValues(lexer);
  }

  /** Reads {@code <c>...</c>} and nothing else. */
  public static Node.Ad ad(SourceText source) throws ParseException {
    if (source.text().length() > Limits.AD_CHARS) {
      throw source.problem(0, "an ad of more than " + Limits.AD_CHARS + " characters");
    }
    return FreshStack.ifNeeded(() -> new XmlReader(source).whole());
  }

  private Node.Ad whole() throws ParseException {
    XmlTag tag = lexer.tag();
    if (!tag.name().equals("c") || tag.isClosing()) {
      throw lexer.problem(tag.start(), "unexpected " + tag + ", expected <c>");
    }
    Node.Ad ad = ad(tag);
    lexer.skipToTag();
    if (!lexer.isAtEnd()) {
      throw lexer.problem(lexer.at(), "unexpected element, expected the end");
    }
    return ad;
  }

  private Node.Ad ad(XmlTag open) throws ParseException {
    deeper(open);
    Map<String, Node.Field> fields = new LinkedHashMap<>();
    while (!open.isEmpty() && !lexer.isClosing() && !lexer.isAtEnd()) {
      XmlTag tag = lexer.tag();
      if (!tag.name().equals("a")) {
        throw lexer.problem(tag.start(), "unexpected " + tag + ", expected <a n=\"...\"> or </c>");
      }
      Name name = values.name(tag);
      put(fields, name, value(child(tag)), tag);
      lexer.close(tag);
    }
    lexer.close(open);
    depth--;
    return new Node.Ad(List.copyOf(fields.values()), new Span(open.start(), lexer.at()));
  }

  /** The element that must follow within this one. */
  private XmlTag child(XmlTag open) throws ParseException {
    if (open.isEmpty() || lexer.isClosing()) {
      throw lexer.problem(
          open.start(), "an attribute without a value, expected one as in <i>1</i>");
    }
    return lexer.tag();
  }

  /** A name defined twice keeps its place and spelling and takes the later value. */
  private void put(Map<String, Node.Field> fields, Name name, Node value, XmlTag tag)
      throws ParseException {
    fields.merge(
        name.key(),
        new Node.Field(name, value),
        (first, later) -> new Node.Field(first.name(), later.value()));
    if (fields.size() > Limits.ATTRIBUTES) {
      throw lexer.problem(tag.start(), "an ad of more than " + Limits.ATTRIBUTES + " attributes");
    }
  }

  private Node value(XmlTag tag) throws ParseException {
    if (++elements > Limits.TOKENS) {
      throw lexer.problem(tag.start(), "more than " + Limits.TOKENS + " values in one ad");
    }
    return switch (tag.name()) {
      case "c" -> ad(tag);
      case "l" -> items(tag);
      default -> values.read(tag);
    };
  }

  private Node.Items items(XmlTag open) throws ParseException {
    deeper(open);
    List<Node> items = new ArrayList<>();
    while (!open.isEmpty() && !lexer.isClosing() && !lexer.isAtEnd()) {
      items.add(value(lexer.tag()));
    }
    lexer.close(open);
    depth--;
    return new Node.Items(items, new Span(open.start(), lexer.at()));
  }

  private void deeper(XmlTag tag) throws ParseException {
    if (++depth > Limits.NESTING) {
      throw lexer.problem(tag.start(), "nested deeper than " + Limits.NESTING + " levels");
    }
  }
}
