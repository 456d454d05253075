package io.urubu.classad.interpret;

import io.urubu.classad.ast.BinaryOperator;
import io.urubu.classad.ast.Literal;
import io.urubu.classad.ast.Name;
import io.urubu.classad.ast.Node;
import io.urubu.classad.eval.Attributes;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.eval.Operators;
import io.urubu.classad.eval.Program;
import io.urubu.classad.eval.Programs;
import io.urubu.classad.eval.Reference;
import io.urubu.classad.eval.Scope;
import io.urubu.classad.eval.Selection;
import io.urubu.classad.eval.Truth;
import io.urubu.classad.eval.Values;
import io.urubu.classad.eval.Written;
import io.urubu.classad.function.Dependence;
import io.urubu.classad.function.Functions;
import io.urubu.classad.parse.ParseException;
import io.urubu.classad.parse.Parser;
import io.urubu.classad.parse.Syntax;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates trees by walking them, one node at a time and nothing planned: what an expression means
 * is what it comes to here. Nothing is computed ahead, so it suits what is evaluated once, and
 * explanations, which ask for the value of every part.
 */
public final class Interpreter {
  /** Lists and ads are made anew each time that they are walked. */
  private static final int ITEMS_IN_A_STEP = 16;

  private final Observer observer;

  public Interpreter(Observer observer) {
    this.observer = observer;
  }

  /** A program that walks this tree. */
  public Written program(Node node) {
    return new Walk(node);
  }

  /** The same attributes, to be walked instead of run; values stay as they are. */
  public Attributes attributes(Attributes written) {
    List<Name> names = new ArrayList<>(written.size());
    List<Program> programs = new ArrayList<>(written.size());
    for (int slot = 0; slot < written.size(); slot++) {
      Program program = written.program(slot);
      names.add(written.name(slot));
      programs.add(program instanceof Datum ? program : program(written.node(slot)));
    }
    return Attributes.of(List.copyOf(names), programs);
  }

  /** Reads a text in new syntax, for eval(); null if it is not an expression. */
  public @Nullable Program read(String text) {
    try {
      return program(Parser.expression(text, Syntax.NEW));
    } catch (ParseException _) {
      return null;
    }
  }

  /** A tree as a program, for functions that run their arguments themselves. */
  private final class Walk implements Written {
    private final Node node;

    Walk(Node node) {
      this.node = node;
    }

    @Override
    public Node node() {
      return node;
    }

    @Override
    public Datum run(Evaluation evaluation, Scope scope) {
      return value(node, evaluation, scope);
    }
  }

  private Datum run(Node node, Evaluation evaluation, Scope scope) {
    return evaluation.run(program(bare(node)), scope);
  }

  /** Small on the stack: trees are deep. */
  private Datum value(Node node, Evaluation evaluation, Scope scope) {
    return switch (node) {
      case Literal literal -> Evaluation.constant(literal);
      case Node.Reference reference -> reference(reference, evaluation, scope);
      case Node.Selection selection -> selection(selection, evaluation, scope);
      case Node.Subscript subscript -> subscript(subscript).run(evaluation, scope);
      case Node.Parenthesis _ -> value(bare(node), evaluation, scope);
      case Node.Unary unary ->
          Operators.apply(unary.operator(), run(unary.operand(), evaluation, scope));
      case Node.Chain chain -> chain(chain, evaluation, scope);
      case Node.Conditional conditional -> conditional(conditional, evaluation, scope);
      case Node.Call call ->
          Functions.find(call.function()).call(evaluation, scope, arguments(call));
      case Node.Items items -> {
        evaluation.spend(items.items().size() / ITEMS_IN_A_STEP);
        yield Programs.items(items, programs(items.items())).run(evaluation, scope);
      }
      case Node.Ad ad -> {
        evaluation.spend(ad.fields().size() / ITEMS_IN_A_STEP);
        yield Programs.ad(attributes(ad)).run(evaluation, scope);
      }
    };
  }

  private Datum reference(Node.Reference node, Evaluation evaluation, Scope scope) {
    Reference reference = Programs.reference(node.name(), node.absolute());
    if (reference.definition(evaluation, scope) == null) {
      observer.missed(scope, node.name(), false);
    }
    return reference.run(evaluation, scope);
  }

  private Datum selection(Node.Selection node, Evaluation evaluation, Scope scope) {
    Datum from = run(node.base(), evaluation, scope);
    Selection selection = Programs.selection(from, node.name());
    if (from instanceof Scope ad && selection.definition(evaluation, scope) == null) {
      observer.missed(ad, node.name(), true);
    }
    return selection.run(evaluation, scope);
  }

  private Program subscript(Node.Subscript node) {
    return Programs.subscript(program(bare(node.base())), program(bare(node.index())));
  }

  private Datum chain(Node.Chain chain, Evaluation evaluation, Scope scope) {
    Datum value = run(chain.first(), evaluation, scope);
    for (Node.Link link : chain.links()) {
      BinaryOperator operator = link.operator();
      value =
          switch (operator) {
            case AND -> logic(Values.FALSE, value, link.operand(), evaluation, scope);
            case OR -> logic(Values.TRUE, value, link.operand(), evaluation, scope);
            default -> {
              Datum left = evaluation.weighed(value);
              yield Operators.apply(operator, left, run(link.operand(), evaluation, scope));
            }
          };
    }
    return value;
  }

  /** The left side decides alone if it is the deciding value or an error. */
  private Datum logic(Datum deciding, Datum left, Node right, Evaluation evaluation, Scope scope) {
    Datum first = Truth.of(left);
    if (first == deciding || first instanceof Datum.Failure) {
      return first;
    }
    Datum second = Truth.of(run(right, evaluation, scope));
    boolean decided = second == deciding || second instanceof Datum.Failure;
    return decided || !(first instanceof Datum.Undefined) ? second : first;
  }

  private Datum conditional(Node.Conditional conditional, Evaluation evaluation, Scope scope) {
    Datum test = run(conditional.test(), evaluation, scope);
    Node then = conditional.then();
    if (then == null) {
      return test instanceof Datum.Undefined
          ? run(conditional.otherwise(), evaluation, scope)
          : test;
    }
    return switch (Truth.of(test)) {
      case Datum.Bool(boolean holds) ->
          run(holds ? then : conditional.otherwise(), evaluation, scope);
      case Datum other -> other;
    };
  }

  /** Functions that look at how an argument is written are given names as such. */
  private List<Program> arguments(Node.Call call) {
    List<Node> arguments = call.arguments();
    List<Program> programs = programs(arguments);
    if (Dependence.of(call.function()) == Dependence.TEXT) {
      for (int i = 0; i < programs.size(); i++) {
        if (bare(arguments.get(i)) instanceof Node.Reference(Name name, boolean absolute, _)) {
          programs.set(i, Programs.reference(name, absolute));
        } else if (bare(arguments.get(i)) instanceof Node.Selection(Node base, Name name, _)) {
          programs.set(i, Programs.selection(program(bare(base)), name));
        }
      }
    }
    return programs;
  }

  private List<Program> programs(List<Node> nodes) {
    List<Program> programs = new ArrayList<>(nodes.size());
    for (Node node : nodes) {
      programs.add(node instanceof Literal literal ? Evaluation.constant(literal) : program(node));
    }
    return programs;
  }

  private Attributes attributes(Node.Ad ad) {
    List<Name> names = new ArrayList<>(ad.fields().size());
    List<Program> programs = new ArrayList<>(ad.fields().size());
    for (Node.Field field : ad.fields()) {
      names.add(field.name());
      programs.add(program(field.value()));
    }
    return Attributes.of(List.copyOf(names), programs);
  }

  private static Node bare(Node node) {
    Node inner = node;
    while (inner instanceof Node.Parenthesis(Node content, _)) {
      inner = content;
    }
    return inner;
  }
}
