package io.urubu.classad;

import io.urubu.classad.ast.Node;
import io.urubu.classad.check.Check;
import io.urubu.classad.check.Finding;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Program;
import io.urubu.classad.eval.Trees;
import io.urubu.classad.explain.Explainer;
import io.urubu.classad.explain.Explanation;
import io.urubu.classad.parse.ParseException;
import io.urubu.classad.parse.Parser;
import io.urubu.classad.parse.SourceText;
import io.urubu.classad.parse.Syntax;
import io.urubu.classad.plan.Flattener;
import io.urubu.classad.plan.Formula;
import io.urubu.classad.plan.Plan;
import io.urubu.classad.print.Printer;
import io.urubu.classad.print.Style;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An expression, read and planned once, evaluated as often as needed. Immutable. An evaluation
 * never throws: what cannot be computed is undefined, an error, or aborted.
 */
public final class Expression {
  private final Formula formula;

  private Expression(Formula formula) {
    this.formula = formula;
  }

  /** Reads an expression in new syntax, where strings have escapes as in C. */
  public static Expression parse(String text) throws ClassAdSyntaxException {
    return parse(text, "");
  }

  /** The same; messages begin with what the text is called, the name of its file often. */
  public static Expression parse(String text, String source) throws ClassAdSyntaxException {
    return parse(SourceText.of(text, source), Syntax.NEW);
  }

  /** Reads an expression in old syntax, as configuration and submit files have them. */
  public static Expression parseOld(String text) throws ClassAdSyntaxException {
    return parseOld(text, "");
  }

  /** The same; messages begin with what the text is called, the name of its file often. */
  public static Expression parseOld(String text, String source) throws ClassAdSyntaxException {
    return parse(SourceText.of(text, source), Syntax.OLD);
  }

  /**
   * What parses in this text of new syntax and can hardly be meant: unknown functions, arguments
   * too many, a string compared with a number. Places are told within the text.
   */
  public static List<Finding> check(String text, String source) throws ClassAdSyntaxException {
    return check(SourceText.of(text, source), Syntax.NEW);
  }

  /** The same for a text of old syntax. */
  public static List<Finding> checkOld(String text, String source) throws ClassAdSyntaxException {
    return check(SourceText.of(text, source), Syntax.OLD);
  }

  private static List<Finding> check(SourceText text, Syntax syntax) throws ClassAdSyntaxException {
    try {
      return Check.expression(text, syntax);
    } catch (ParseException e) {
      throw new ClassAdSyntaxException(e);
    }
  }

  private static Expression parse(SourceText text, Syntax syntax) throws ClassAdSyntaxException {
    try {
      return new Expression(Formula.of(Parser.expression(text, syntax)));
    } catch (ParseException e) {
      throw new ClassAdSyntaxException(e);
    }
  }

  /** The expression of a program that an ad keeps. */
  static Expression of(Program program) {
    return new Expression(
        switch (program) {
          case Formula formula -> formula;
          case Datum value -> Formula.of(Trees.of(value));
          default -> throw new IllegalStateException("a program without a tree");
        });
  }

  Plan plan() {
    return formula.plan();
  }

  Program program() {
    return formula;
  }

  Node node() {
    return formula.node();
  }

  /** The value in this ad alone. */
  public Value evaluate(ClassAd my) {
    return evaluate(my, InstantSource.system());
  }

  /** The value in this ad alone, at the time of this clock. */
  public Value evaluate(ClassAd my, InstantSource clock) {
    return Run.value(formula, my.attributes(), null, clock);
  }

  /** The value in this ad when it meets the other one. */
  public Value evaluate(ClassAd my, ClassAd target) {
    return evaluate(my, target, InstantSource.system());
  }

  /** The value in this ad when it meets the other one, at the time of this clock. */
  public Value evaluate(ClassAd my, ClassAd target, InstantSource clock) {
    return Run.value(formula, my.attributes(), target.attributes(), clock);
  }

  /**
   * The value in this ad alone as HTCondor prints it: lists and ads with their expressions as they
   * were written. Empty if the evaluation had no end; {@link #evaluate} tells why.
   */
  public Optional<String> print(ClassAd my, InstantSource clock, Dialect dialect) {
    return Run.text(formula, my.attributes(), null, clock, dialect);
  }

  /** The same when the ad meets the other one. */
  public Optional<String> print(ClassAd my, ClassAd target, InstantSource clock, Dialect dialect) {
    return Run.text(formula, my.attributes(), target.attributes(), clock, dialect);
  }

  /** Whether the value is true or a number other than zero. */
  public boolean isTrue(ClassAd my, ClassAd target) {
    return evaluate(my, target).isTrue();
  }

  /** Whether the value in this ad alone is true or a number other than zero. */
  public boolean isTrue(ClassAd my) {
    return evaluate(my).isTrue();
  }

  /**
   * Why the value in this ad alone is what it is: the conditions that this one is made of, what
   * each came to, and with which attributes.
   */
  public Explanation explain(ClassAd my, InstantSource clock) {
    return new Explainer(my.attributes(), null, clock).expression(node());
  }

  /** The same when the ad meets the other one. */
  public Explanation explain(ClassAd my, ClassAd target, InstantSource clock) {
    return new Explainer(my.attributes(), target.attributes(), clock).expression(node());
  }

  /**
   * The names of attributes that the expression itself reads, bare or behind MY and TARGET; not
   * what those attributes read in turn, nor what eval() reads. The set ignores case.
   */
  public Set<String> attributesRead() {
    return AttributesRead.of(node());
  }

  /**
   * The same expression with this ad's attributes put into it, to be evaluated in this ad against
   * many others: what depends on this ad alone is computed once, and {@code Memory >=
   * RequestMemory} becomes {@code TARGET.Memory >= 512}. The value in each match stays the same.
   */
  public Expression flatten(ClassAd my) {
    return new Expression(Flattener.flatten(formula, my.attributes()));
  }

  /** One line in new syntax that reads back to the same expression. */
  @Override
  public String toString() {
    return Printer.print(node(), Style.LINE);
  }

  /** One line in old syntax, as it stands behind {@code Name =} in {@link ClassAd#toLines()}. */
  public String toOldString() {
    return Printer.print(node(), Style.LONG);
  }
}
