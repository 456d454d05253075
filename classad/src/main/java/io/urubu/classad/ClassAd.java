package io.urubu.classad;

import io.urubu.classad.ast.Literal;
import io.urubu.classad.ast.Name;
import io.urubu.classad.ast.Node;
import io.urubu.classad.ast.Span;
import io.urubu.classad.check.Finding;
import io.urubu.classad.eval.Attributes;
import io.urubu.classad.eval.Trees;
import io.urubu.classad.json.JsonWriter;
import io.urubu.classad.parse.ParseException;
import io.urubu.classad.parse.Parser;
import io.urubu.classad.parse.SourceText;
import io.urubu.classad.plan.Kept;
import io.urubu.classad.plan.LongForm;
import io.urubu.classad.print.Pretty;
import io.urubu.classad.print.Printer;
import io.urubu.classad.print.Style;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An immutable ClassAd: an ordered map from case-insensitive names to expressions. */
public final class ClassAd {
  private static final ClassAd EMPTY = new ClassAd(Attributes.NONE);

  private final Attributes attributes;

  ClassAd(Attributes attributes) {
    this.attributes = attributes;
  }

  public static ClassAd empty() {
    return EMPTY;
  }

  public static Builder builder() {
    return new Builder(Attributes.NONE);
  }

  /** Reads {@code [a = 1; b = "x"]}, or lines of {@code a = 1} in old syntax. */
  public static ClassAd parse(String text) throws ClassAdSyntaxException {
    return parse(text, "");
  }

  /** The same; messages begin with what the text is called, the name of its file often. */
  public static ClassAd parse(String text, String source) throws ClassAdSyntaxException {
    SourceText named = SourceText.of(text, source);
    try {
      return new ClassAd(
          isBracketed(text) ? Kept.attributes(Parser.ad(named), text) : LongForm.attributes(named));
    } catch (ParseException e) {
      throw new ClassAdSyntaxException(e);
    }
  }

  /** A line cannot begin with a bracket or a comment of the new syntax. */
  private static boolean isBracketed(String text) {
    String start = text.stripLeading();
    return start.startsWith("[") || start.startsWith("/");
  }

  Attributes attributes() {
    return attributes;
  }

  public Builder toBuilder() {
    return new Builder(attributes);
  }

  public int size() {
    return attributes.size();
  }

  /** The names in their order, as first written. */
  public List<String> names() {
    return attributes.all().stream().map(attribute -> attribute.name().text()).toList();
  }

  public boolean has(String name) {
    return find(name) != null;
  }

  private Attributes.@Nullable Attribute find(String name) {
    return attributes.find(Name.key(name));
  }

  /** The expression's text, in the form that {@link #parse} and {@link Expression} read. */
  public Optional<String> expression(String name) {
    return Optional.ofNullable(find(name))
        .map(attribute -> Printer.print(attribute.node(), Style.LINE));
  }

  /**
   * What in this ad's expressions can hardly be meant; see {@link Expression#check}. Places are
   * told within {@link #expression}; the name of an attribute stands where that of a text would.
   */
  public List<Finding> check() {
    List<Finding> findings = new ArrayList<>();
    for (Attributes.Attribute attribute : attributes.all()) {
      String text = Printer.print(attribute.node(), Style.LINE);
      try {
        findings.addAll(Expression.check(text, attribute.name().text()));
      } catch (ClassAdSyntaxException e) {
        throw new IllegalStateException("an ad's own text does not parse: " + text, e);
      }
    }
    return List.copyOf(findings);
  }

  /** What the attribute evaluates to in this ad alone; undefined if it is not there. */
  public Value value(String name) {
    Attributes.Attribute attribute = find(name);
    return attribute == null
        ? new Value.Undefined()
        : Run.value(attribute.program(), attributes, null, InstantSource.system());
  }

  /** The string that the attribute evaluates to in this ad alone; empty for any other value. */
  public Optional<String> string(String name) {
    return value(name) instanceof Value.Text(String text) ? Optional.of(text) : Optional.empty();
  }

  /** The integer that the attribute evaluates to in this ad alone; empty for any other value. */
  public OptionalLong integer(String name) {
    return value(name) instanceof Value.Whole(long number)
        ? OptionalLong.of(number)
        : OptionalLong.empty();
  }

  /** The number that the attribute evaluates to in this ad alone, whole or real. */
  public OptionalDouble real(String name) {
    return switch (value(name)) {
      case Value.Whole(long number) -> OptionalDouble.of((double) number);
      case Value.Real(double number) -> OptionalDouble.of(number);
      default -> OptionalDouble.empty();
    };
  }

  /** True and false, and numbers as HTCondor takes them; empty for any other value. */
  public Optional<Boolean> bool(String name) {
    Value value = value(name);
    return switch (value) {
      case Value.Bool _, Value.Whole _, Value.Real _ -> Optional.of(value.isTrue());
      default -> Optional.empty();
    };
  }

  /** The members of a list that are strings; empty for any other value. */
  public List<String> strings(String name) {
    return value(name) instanceof Value.Items(List<Value> items)
        ? items.stream()
            .filter(Value.Text.class::isInstance)
            .map(item -> ((Value.Text) item).value())
            .toList()
        : List.of();
  }

  /** The ad that the attribute evaluates to; empty for any other value. */
  public Optional<ClassAd> ad(String name) {
    return value(name) instanceof Value.Nested(ClassAd ad) ? Optional.of(ad) : Optional.empty();
  }

  /** One line, {@code [a = 1; b = "x"]}, that {@link #parse} reads back exactly. */
  @Override
  public String toString() {
    return Printer.print(Trees.ad(attributes), Style.LINE);
  }

  /** Lines of {@code Name = expression} in old syntax, each ended, in the ad's order. */
  public String toLines() {
    StringBuilder lines = new StringBuilder();
    for (Attributes.Attribute attribute : attributes.all()) {
      Printer.name(attribute.name(), Style.LONG, lines);
      lines.append(" = ");
      Printer.print(attribute.node(), Style.LONG, lines);
      lines.append('\n');
    }
    return lines.toString();
  }

  /**
   * The lines that condor_q -long prints for it: for people and for programs that know those. A
   * real has 16 digits, names are bare, and a line break in a string is a line break.
   */
  public String toCanonicalLines() {
    StringBuilder lines = new StringBuilder();
    for (Attributes.Attribute attribute : attributes.all()) {
      lines.append(attribute.name().text()).append(" = ");
      Printer.print(attribute.node(), Style.CANONICAL_LONG, lines);
      lines.append('\n');
    }
    return lines.toString();
  }

  /** New syntax on several lines, each attribute on its own, that {@link #parse} reads back. */
  public String toPrettyString() {
    return Pretty.print(Trees.ad(attributes));
  }

  /** The same ad with its names in the order in which HTCondor's tools print them: by letters. */
  public ClassAd sorted() {
    Map<String, Attributes.Attribute> byKey = new TreeMap<>();
    attributes.all().forEach(attribute -> byKey.put(attribute.name().key(), attribute));
    return new ClassAd(Attributes.of(byKey));
  }

  /** One JSON object on one line; what JSON cannot say is {@code "\/Expr(...)\/"}. */
  public String toJson() {
    return JsonWriter.line(Trees.ad(attributes));
  }

  /** Two ads are equal if they have the same names and expressions, in any order. */
  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof ClassAd that) || size() != that.size()) {
      return false;
    }
    for (Attributes.Attribute attribute : attributes.all()) {
      String key = attribute.name().key();
      if (!expression(key).equals(that.expression(key))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = 0;
    for (Attributes.Attribute attribute : attributes.all()) {
      hash += attribute.name().key().hashCode();
    }
    return hash;
  }

  /**
   * Builds an ad; a name put twice keeps its place and takes the later value. A name is any text
   * but an empty one.
   */
  public static final class Builder {
    private final Map<String, Attributes.Attribute> byKey;

    private Builder(Attributes attributes) {
      this.byKey = LinkedHashMap.newLinkedHashMap(attributes.size());
      attributes.all().forEach(this::put);
    }

    public Builder put(String name, String value) {
      return put(name, text(value));
    }

    public Builder put(String name, long value) {
      return put(name, new Literal.Int(value, Span.NONE));
    }

    public Builder put(String name, double value) {
      return put(name, new Literal.Real(value, Span.NONE));
    }

    public Builder put(String name, boolean value) {
      return put(name, new Literal.Bool(value, Span.NONE));
    }

    public Builder put(String name, List<String> value) {
      return put(name, new Node.Items(value.stream().map(Builder::text).toList(), Span.NONE));
    }

    public Builder put(String name, ClassAd value) {
      return put(name, Trees.ad(value.attributes));
    }

    public Builder put(String name, Expression value) {
      return put(name, value.node());
    }

    /** Reads the expression in new syntax. */
    public Builder putExpression(String name, String expression) throws ClassAdSyntaxException {
      return put(name, Expression.parse(expression));
    }

    /** Puts every attribute of the other ad over this one's. */
    public Builder putAll(ClassAd other) {
      other.attributes.all().forEach(this::put);
      return this;
    }

    public Builder remove(String name) {
      byKey.remove(Name.key(name));
      return this;
    }

    public ClassAd build() {
      return byKey.isEmpty() ? EMPTY : new ClassAd(Attributes.of(byKey));
    }

    private Builder put(String name, Node value) {
      if (name.isEmpty() || name.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("an attribute name may not be empty or hold a NUL");
      }
      put(new Attributes.Attribute(Name.of(name), Kept.of(value)));
      return this;
    }

    private void put(Attributes.Attribute attribute) {
      byKey.merge(
          attribute.name().key(),
          attribute,
          (first, later) -> new Attributes.Attribute(first.name(), later.program()));
    }

    /** No string of the language holds a NUL; one from outside shows as the replacement char. */
    private static Node text(String value) {
      return new Literal.Text(value.replace('\0', '\uFFFD'), Span.NONE);
    }
  }
}
