package io.urubu.classad.plan;

import io.urubu.classad.ast.BinaryOperator;
import io.urubu.classad.ast.Literal;
import io.urubu.classad.ast.Name;
import io.urubu.classad.ast.Node;
import io.urubu.classad.ast.UnaryOperator;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.eval.ScopeName;
import java.util.ArrayList;
import java.util.List;

/** Plans trees: parentheses vanish, scopes are told apart, constant operators are computed. */
final class Planner {
  private Planner() {}

  static Plan plan(Node node) {
    return switch (node) {
      case Literal literal -> new Plan.Constant(Evaluation.constant(literal));
      case Node.Reference(Name name, boolean absolute, _) ->
          new Plan.Attribute(absolute ? Plan.Where.OUTERMOST : Plan.Where.HERE, name);
      case Node.Selection(Node base, Name name, _) -> selection(plan(base), name);
      case Node.Subscript(Node base, Node index, _) -> new Plan.Subscript(plan(base), plan(index));
      case Node.Parenthesis(Node inner, _) -> plan(inner);
      case Node.Unary(UnaryOperator operator, Node operand, _) ->
          Simplified.unary(operator, plan(operand));
      case Node.Chain chain -> chain(chain);
      case Node.Conditional conditional -> conditional(conditional);
      case Node.Call(Name function, List<Node> arguments, _) ->
          new Plan.Call(function, plan(arguments));
      case Node.Items items -> new Plan.Items(items, plan(items.items()));
      case Node.Ad ad -> new Plan.Ad(ad);
    };
  }

  private static Plan selection(Plan base, Name name) {
    if (base instanceof Plan.Attribute(Plan.Where where, Name scope)
        && where == Plan.Where.HERE
        && ScopeName.of(name.key()) == ScopeName.NONE) {
      // Not for self and other: an ad that defines those need not define MY and TARGET.
      if (scope.key().equals("my")) {
        return new Plan.Attribute(Plan.Where.MINE, name);
      }
      if (scope.key().equals("target")) {
        return new Plan.Attribute(Plan.Where.THEIRS, name);
      }
    }
    return new Plan.Selection(base, name);
  }

  private static List<Plan> plan(List<Node> nodes) {
    List<Plan> plans = new ArrayList<>(nodes.size());
    for (Node node : nodes) {
      plans.add(plan(node));
    }
    return plans;
  }

  private static Plan chain(Node.Chain chain) {
    List<BinaryOperator> operators = new ArrayList<>(chain.links().size());
    List<Plan> operands = new ArrayList<>(chain.links().size());
    for (Node.Link link : chain.links()) {
      operators.add(link.operator());
      operands.add(plan(link.operand()));
    }
    return Simplified.chain(plan(chain.first()), operators, operands);
  }

  private static Plan conditional(Node.Conditional conditional) {
    Plan test = plan(conditional.test());
    Plan otherwise = plan(conditional.otherwise());
    Node then = conditional.then();
    return then == null
        ? new Plan.Fallback(test, otherwise)
        : new Plan.Choice(test, plan(then), otherwise);
  }
}
