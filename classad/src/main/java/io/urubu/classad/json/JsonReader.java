package io.urubu.classad.json;

import io.urubu.classad.ast.Literal;
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
 * Reads one ad from JSON. Beyond JSON it takes what HTCondor takes: comments, a comma behind the
 * last attribute, line breaks in strings, {@code TRUE} and {@code .5}; an integer that does not fit
 * is 0, as in all of the language.
 */
public final class JsonReader {
  private final JsonLexer lexer;
  private int depth;
  private int values;

  private JsonReader(SourceText source) {
    this.lexer = new JsonLexer(source);
  }

  /** Reads {@code {"a": 1}} and nothing else. */
  public static Node.Ad ad(SourceText source) throws ParseException {
    if (source.text().length() > Limits.AD_CHARS) {
      throw source.problem(0, "an ad of more than " + Limits.AD_CHARS + " characters");
    }
    return FreshStack.ifNeeded(() -> new JsonReader(source).whole());
  }

  private Node.Ad whole() throws ParseException {
    if (lexer.peek() != '{') {
      throw lexer.unexpected("'{'");
    }
    Node.Ad ad = ad();
    if (lexer.peek() != JsonLexer.END) {
      throw lexer.unexpected("the end");
    }
    return ad;
  }

  private Node.Ad ad() throws ParseException {
    int start = lexer.at();
    deeper();
    lexer.expect('{');
    Map<String, Node.Field> fields = new LinkedHashMap<>();
    while (lexer.peek() != '}') {
      Name name = name();
      lexer.expect(':');
      put(fields, name, value());
      if (lexer.peek() != '}') {
        lexer.expect(',', "',' or '}'");
      }
    }
    lexer.expect('}');
    depth--;
    return new Node.Ad(List.copyOf(fields.values()), new Span(start, lexer.at()));
  }

  /** A name defined twice keeps its place and spelling and takes the later value. */
  private void put(Map<String, Node.Field> fields, Name name, Node value) throws ParseException {
    fields.merge(
        name.key(),
        new Node.Field(name, value),
        (first, later) -> new Node.Field(first.name(), later.value()));
    if (fields.size() > Limits.ATTRIBUTES) {
      throw lexer.problem("an ad of more than " + Limits.ATTRIBUTES + " attributes");
    }
  }

  private Name name() throws ParseException {
    if (lexer.peek() != '"') {
      throw lexer.unexpected("an attribute name in quotes");
    }
    JsonString name = lexer.string();
    if (name.value().isEmpty()) {
      throw name.problem(0, "an attribute without a name");
    }
    return Name.of(name.value());
  }

  private Node.Items items() throws ParseException {
    int start = lexer.at();
    deeper();
    lexer.expect('[');
    List<Node> items = new ArrayList<>();
    if (lexer.peek() != ']') {
      items.add(value());
      while (lexer.peek() == ',') {
        lexer.expect(',');
        items.add(value());
      }
    }
    lexer.expect(']', "',' or ']'");
    depth--;
    return new Node.Items(items, new Span(start, lexer.at()));
  }

  private Node value() throws ParseException {
    if (++values > Limits.TOKENS) {
      throw lexer.problem("more than " + Limits.TOKENS + " values in one ad");
    }
    int c = lexer.peek();
    return switch (c) {
      case '{' -> ad();
      case '[' -> items();
      case '"' -> lexer.string().node();
      default ->
          c == '-' || c == '.' || (c >= '0' && c <= '9')
              ? JsonNumber.read(lexer)
              : word(lexer.at(), lexer.word());
    };
  }

  private Node word(int start, String word) throws ParseException {
    Span span = new Span(start, lexer.at());
    return switch (Name.key(word)) {
      case "null" -> new Literal.Undefined(span);
      case "true" -> new Literal.Bool(true, span);
      case "false" -> new Literal.Bool(false, span);
      default ->
          throw lexer.unexpectedAt(start, "a value: true, false, null, a number, '\"', '[' or '{'");
    };
  }

  private void deeper() throws ParseException {
    if (++depth > Limits.NESTING) {
      throw lexer.problem("nested deeper than " + Limits.NESTING + " levels");
    }
  }
}
