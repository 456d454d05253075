package io.urubu.classad.plan;

import io.urubu.classad.ast.BinaryOperator;
import io.urubu.classad.ast.Literal;
import io.urubu.classad.ast.Name;
import io.urubu.classad.ast.Node;
import io.urubu.classad.ast.Span;
import io.urubu.classad.ast.UnaryOperator;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Trees;
import java.util.ArrayList;
import java.util.List;

/** Writes plans back as trees, with parentheses where an operand is itself an operation. */
final class PlanText {
  private static final Span NONE = Span.NONE;

  private PlanText() {}

  static Node node(Plan plan) {
    return switch (plan) {
      case Plan.Constant(Datum.Interval(double seconds)) ->
          new Node.Call(Name.of("relTime"), List.of(new Literal.Real(seconds, NONE)), NONE);
      case Plan.Constant(Datum value) -> Trees.of(value);
      case Plan.Attribute(Plan.Where where, Name name) -> attribute(where, name);
      case Plan.Inlined(_, Plan definition) -> node(definition);
      case Plan.Selection(Plan base, Name name) -> new Node.Selection(operand(base), name, NONE);
      case Plan.Subscript(Plan base, Plan index) ->
          new Node.Subscript(operand(base), node(index), NONE);
      case Plan.Unary(UnaryOperator operator, Plan operand) ->
          new Node.Unary(operator, operand(operand), NONE);
      case Plan.Binary(BinaryOperator operator, Plan left, Plan right) ->
          chain(left, List.of(operator), List.of(right));
      case Plan.Chain(Plan first, List<BinaryOperator> operators, List<Plan> operands) ->
          chain(first, operators, operands);
      case Plan.All(List<Plan> terms) -> joined(BinaryOperator.AND, terms, true);
      case Plan.Any(List<Plan> terms) -> joined(BinaryOperator.OR, terms, false);
      case Plan.Choice(Plan test, Plan then, Plan otherwise) ->
          new Node.Conditional(operand(test), operand(then), operand(otherwise), NONE);
      case Plan.Fallback(Plan test, Plan otherwise) ->
          new Node.Conditional(operand(test), null, operand(otherwise), NONE);
      case Plan.Call(Name function, List<Plan> arguments) ->
          new Node.Call(function, arguments(function, arguments), NONE);
      case Plan.Items(Node.Items node, _) -> node;
      case Plan.Ad(Node.Ad node) -> node;
    };
  }

  private static List<Node> nodes(List<Plan> plans) {
    List<Node> nodes = new ArrayList<>(plans.size());
    for (Plan plan : plans) {
      nodes.add(node(plan));
    }
    return nodes;
  }

  /**
   * A time that is written as a string would be read at once, which one that is computed is not.
   */
  private static List<Node> arguments(Name function, List<Plan> arguments) {
    boolean time = function.key().equals("abstime") || function.key().equals("reltime");
    return time
            && arguments.size() == 1
            && arguments.getFirst() instanceof Plan.Constant(Datum.Text text)
        ? List.of(new Node.Parenthesis(Trees.of(text), NONE))
        : nodes(arguments);
  }

  private static Node attribute(Plan.Where where, Name name) {
    return switch (where) {
      case HERE -> new Node.Reference(name, false, NONE);
      case OUTERMOST -> new Node.Reference(name, true, NONE);
      case MINE -> new Node.Selection(new Node.Reference(Name.of("MY"), false, NONE), name, NONE);
      case THEIRS ->
          new Node.Selection(new Node.Reference(Name.of("TARGET"), false, NONE), name, NONE);
    };
  }

  private static Node chain(Plan first, List<BinaryOperator> operators, List<Plan> operands) {
    List<Node.Link> links = new ArrayList<>(operands.size());
    for (int i = 0; i < operands.size(); i++) {
      links.add(new Node.Link(operators.get(i), operand(operands.get(i))));
    }
    return new Node.Chain(operand(first), links, NONE);
  }

  /** One term alone is joined with the value that changes nothing but makes it a truth value. */
  private static Node joined(BinaryOperator operator, List<Plan> terms, boolean neutral) {
    List<Node.Link> links = new ArrayList<>(terms.size());
    for (Plan term : terms.subList(1, terms.size())) {
      links.add(new Node.Link(operator, operand(term)));
    }
    if (links.isEmpty()) {
      links.add(new Node.Link(operator, new Literal.Bool(neutral, NONE)));
    }
    return new Node.Chain(operand(terms.getFirst()), links, NONE);
  }

  private static Node operand(Plan plan) {
    Node node = node(plan);
    return node instanceof Node.Chain
            || node instanceof Node.Conditional
            || node instanceof Node.Unary
            || isNegative(node)
        ? new Node.Parenthesis(node, NONE)
        : node;
  }

  private static boolean isNegative(Node node) {
    return switch (node) {
      case Literal.Int(long value, _) -> value < 0;
      case Literal.Real(double value, _) -> value < 0;
      default -> false;
    };
  }
}
