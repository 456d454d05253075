package io.urubu.classad.plan;

import io.urubu.classad.ast.Node;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.eval.Program;
import io.urubu.classad.eval.Scope;
import io.urubu.classad.eval.Written;
import io.urubu.classad.limit.FreshStack;
import io.urubu.classad.parse.ParseException;
import io.urubu.classad.parse.Parser;
import io.urubu.classad.parse.Syntax;
import org.jspecify.annotations.Nullable;

/**
 * An expression with its three forms: the tree as it was written, the plan, and the program, which
 * are made when first asked for. Immutable to all who see it, from any thread.
 */
public final class Formula implements Written {
  private final Node node;
  // Threads that ask for the first time at once make equal ones, and each may use either.
  private @Nullable Plan plan;
  private @Nullable Program program;

  private Formula(Node node, @Nullable Plan plan) {
    this.node = node;
    this.plan = plan;
  }

  public static Formula of(Node node) {
    return new Formula(node, null);
  }

  /** The formula of a plan that was rewritten. */
  static Formula of(Plan plan) {
    return new Formula(PlanText.node(plan), plan);
  }

  /** Reads a text in new syntax; null if it is not an expression. */
  public static @Nullable Program read(String text) {
    try {
      return of(Parser.expression(text, Syntax.NEW));
    } catch (ParseException _) {
      return null;
    }
  }

  @Override
  public Node node() {
    return node;
  }

  public Plan plan() {
    Plan made = plan;
    if (made == null) {
      made = FreshStack.ifNeeded(() -> Planner.plan(node));
      plan = made;
    }
    return made;
  }

  private Program program() {
    Program made = program;
    if (made == null) {
      Plan of = plan();
      made = FreshStack.ifNeeded(() -> Compiler.compile(of));
      program = made;
    }
    return made;
  }

  @Override
  public Datum run(Evaluation evaluation, Scope scope) {
    return program().run(evaluation, scope);
  }
}
