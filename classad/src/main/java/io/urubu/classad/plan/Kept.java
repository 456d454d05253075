package io.urubu.classad.plan;

import io.urubu.classad.ast.Literal;
import io.urubu.classad.ast.Name;
import io.urubu.classad.ast.Node;
import io.urubu.classad.ast.Span;
import io.urubu.classad.eval.Attributes;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.eval.Program;
import io.urubu.classad.intern.Interner;
import io.urubu.classad.parse.Syntax;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What ads keep of what was written: values for literals, formulas for all else. Ads that come in
 * thousands have most of it in common, so equal values and equal texts are kept once.
 */
public final class Kept {
  private static final int SHARED_LENGTH = 2000;

  // Shared by all ads of the process: immutable, and of bounded size.
  private static final Interner<Datum, Datum> VALUES = new Interner<>(1 << 14);
  private static final Interner<String, Program> NEW_TEXTS = new Interner<>(1 << 12);
  private static final Interner<String, Program> OLD_TEXTS = new Interner<>(1 << 14);

  private Kept() {}

  /** What an ad keeps for this tree. */
  public static Program of(Node node) {
    return isValue(node) ? value((Literal) node) : Formula.of(node);
  }

  /** A length of time that is written down has another value than the one that it shows. */
  private static boolean isValue(Node node) {
    return node instanceof Literal && !(node instanceof Literal.Interval);
  }

  private static Datum value(Literal literal) {
    return shared(Evaluation.constant(literal));
  }

  private static Datum shared(Datum value) {
    boolean large = value instanceof Datum.Text(String text) && text.length() > SHARED_LENGTH;
    return large ? value : VALUES.get(value, same -> same);
  }

  /** The attributes of an ad that is written inside another expression. */
  public static Attributes attributes(Node.Ad ad) {
    List<Name> names = new ArrayList<>(ad.fields().size());
    List<Program> programs = new ArrayList<>(ad.fields().size());
    for (Node.Field field : ad.fields()) {
      names.add(field.name());
      programs.add(of(field.value()));
    }
    return Attributes.of(List.copyOf(names), programs);
  }

  /** The attributes of an ad that was read from this text in new syntax. */
  public static Attributes attributes(Node.Ad ad, String text) {
    List<Name> names = new ArrayList<>(ad.fields().size());
    List<Program> programs = new ArrayList<>(ad.fields().size());
    for (Node.Field field : ad.fields()) {
      names.add(field.name());
      programs.add(isValue(field.value()) ? of(field.value()) : formula(field.value(), text));
    }
    return Attributes.of(List.copyOf(names), programs);
  }

  private static Program formula(Node node, String text) {
    Span span = node.span();
    int length = span.end() - span.start();
    return length > SHARED_LENGTH
        ? Formula.of(node)
        : NEW_TEXTS.get(text.substring(span.start(), span.end()), _ -> Formula.of(node));
  }

  /** What is kept for this text in this syntax, if it was seen lately. */
  static @Nullable Program find(String text, Syntax syntax) {
    return syntax == Syntax.OLD ? OLD_TEXTS.find(text) : NEW_TEXTS.find(text);
  }

  /** What is to be kept for this tree, which is all of this text. */
  static Program keep(String text, Syntax syntax, Node node) {
    Program program = of(node);
    boolean shared = text.length() <= SHARED_LENGTH && !(program instanceof Datum.Int);
    if (!shared) {
      return program;
    }
    return syntax == Syntax.OLD ? OLD_TEXTS.keep(text, program) : NEW_TEXTS.keep(text, program);
  }
}
