package io.urubu.classad.plan;

import io.urubu.classad.ast.BinaryOperator;
import io.urubu.classad.ast.Literal;
import io.urubu.classad.ast.Name;
import io.urubu.classad.ast.Node;
import io.urubu.classad.ast.UnaryOperator;
import io.urubu.classad.eval.Attributes;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.eval.Program;
import io.urubu.classad.eval.Programs;
import io.urubu.classad.function.Functions;
import io.urubu.classad.parse.ParseException;
import io.urubu.classad.parse.Parser;
import io.urubu.classad.parse.Syntax;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plans trees: parentheses vanish, functions are found, literals become values. */
public final class Planner {
  private Planner() {}

  public static Program plan(Node node) {
    return switch (node) {
      case Literal literal -> Evaluation.constant(literal);
      case Node.Reference(Name name, boolean absolute, _) -> Programs.reference(name, absolute);
      case Node.Selection(Node base, Name name, _) -> Programs.selection(plan(base), name);
      case Node.Subscript(Node base, Node index, _) -> Programs.subscript(plan(base), plan(index));
      case Node.Parenthesis(Node inner, _) -> plan(inner);
      case Node.Unary(UnaryOperator operator, Node operand, _) ->
          Programs.unary(operator, plan(operand));
      case Node.Chain chain -> chain(chain);
      case Node.Conditional conditional -> conditional(conditional);
      case Node.Call(Name function, List<Node> arguments, _) ->
          Programs.call(Functions.find(function), plan(arguments));
      case Node.Items items -> Programs.items(items, plan(items.items()));
      case Node.Ad ad -> Programs.ad(attributes(ad));
    };
  }

  /** Plans the attributes of an ad. */
  public static Attributes attributes(Node.Ad ad) {
    Map<String, Attributes.Attribute> byKey = LinkedHashMap.newLinkedHashMap(ad.fields().size());
    for (Node.Field field : ad.fields()) {
      byKey.put(field.name().key(), attribute(field.name(), field.value()));
    }
    return Attributes.of(byKey);
  }

  public static Attributes.Attribute attribute(Name name, Node value) {
    return new Attributes.Attribute(name, value, plan(value));
  }

  /** Reads and plans a text in new syntax; null if it is not an expression. */
  public static @Nullable Program read(String text) {
    try {
      return plan(Parser.expression(text, Syntax.NEW));
    } catch (ParseException _) {
      return null;
    }
  }

  private static List<Program> plan(List<Node> nodes) {
    List<Program> programs = new ArrayList<>(nodes.size());
    for (Node node : nodes) {
      programs.add(plan(node));
    }
    return programs;
  }

  private static Program chain(Node.Chain chain) {
    List<BinaryOperator> operators = new ArrayList<>(chain.links().size());
    List<Program> operands = new ArrayList<>(chain.links().size());
    for (Node.Link link : chain.links()) {
      operators.add(link.operator());
      operands.add(plan(link.operand()));
    }
    return Programs.chain(plan(chain.first()), operators, operands);
  }

  private static Program conditional(Node.Conditional conditional) {
    Program test = plan(conditional.test());
    Program otherwise = plan(conditional.otherwise());
    Node then = conditional.then();
    return then == null
        ? Programs.fallback(test, otherwise)
        : Programs.choice(test, plan(then), otherwise);
  }
}
