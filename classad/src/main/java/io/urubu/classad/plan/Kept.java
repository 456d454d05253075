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
import io.urubu.classad.parse.ParseException;
import io.urubu.classad.parse.Parser;
import io.urubu.classad.parse.Syntax;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What ads keep of what was written: values for literals, formulas for all else. Ads that come in
 * thousands have most of it in common, so equal values and equal texts are kept once.
 */
public final class Kept {
  static final int SHARED_LENGTH = 2000;

  private static final int SHARED_TEXT = 200;
  private static final long SHARED_INTEGERS = 1 << 16;
  private static final int PLAIN_DIGITS = 18;

  // Shared by all ads of the process: immutable, and of bounded size. Trees and programs take a
  // hundred times as much as their texts, so that few long ones are kept.
  private static final Interner<Datum, Datum> VALUES = new Interner<>(1 << 14);
  private static final Interner<String, Program> NEW_TEXTS = new Interner<>(1 << 12);
  private static final Interner<String, Program> OLD_TEXTS = new Interner<>(1 << 14);
  private static final Interner<String, Program> LONG_NEW_TEXTS = new Interner<>(1 << 9);
  private static final Interner<String, Program> LONG_OLD_TEXTS = new Interner<>(1 << 10);

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

  /** Large numbers and long strings are rarely those of another ad. */
  private static Datum shared(Datum value) {
    boolean common =
        switch (value) {
          case Datum.Int(long number) -> number >= 0 && number < SHARED_INTEGERS;
          case Datum.Text(String text) -> text.length() <= SHARED_TEXT;
          case Datum.Real(double number) -> number == Math.rint(number);
          default -> false;
        };
    return common ? VALUES.get(value, same -> same) : value;
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
        : texts(Syntax.NEW, length)
            .get(text.substring(span.start(), span.end()), _ -> Formula.of(node));
  }

  /** What an ad keeps for this text, which is one expression. */
  static Program of(String text, Syntax syntax) throws ParseException {
    Datum plain = plain(text);
    if (plain != null) {
      return shared(plain);
    }
    if (text.length() > SHARED_LENGTH) {
      return of(Parser.expression(text, syntax));
    }
    Interner<String, Program> texts = texts(syntax, text.length());
    Program kept = texts.find(text);
    return kept != null ? kept : texts.keep(text, of(Parser.expression(text, syntax)));
  }

  private static Interner<String, Program> texts(Syntax syntax, int length) {
    return switch (syntax) {
      case NEW -> length > SHARED_TEXT ? LONG_NEW_TEXTS : NEW_TEXTS;
      case OLD -> length > SHARED_TEXT ? LONG_OLD_TEXTS : OLD_TEXTS;
    };
  }

  /** The value of an integer or a string in which no character is special; else null. */
  private static @Nullable Datum plain(String text) {
    int length = text.length();
    if (length >= 2 && text.charAt(0) == '"' && text.indexOf('"', 1) == length - 1) {
      boolean special = text.indexOf('\\') >= 0 || text.indexOf('\0') >= 0;
      return special ? null : Datum.of(text.substring(1, length - 1));
    }
    if (length == 0 || length > PLAIN_DIGITS || (length > 1 && text.charAt(0) == '0')) {
      return null;
    }
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return null;
      }
    }
    return Datum.of(Long.parseLong(text));
  }
}
