package io.urubu.classad.plan;

import io.urubu.classad.ast.Literal;
import io.urubu.classad.ast.Node;
import java.util.List;

/** Counts the nodes of a tree, no further than to some limit. */
final class NodeCount {
  private final int limit;
  private int count;

  private NodeCount(int limit) {
    this.limit = limit;
  }

  /** How many nodes the tree has; the limit if there are more. */
  static int of(Node node, int limit) {
    NodeCount nodes = new NodeCount(limit);
    nodes.add(node);
    return nodes.count;
  }

  private void add(Node node) {
    if (count >= limit) {
      return;
    }
    count++;
    switch (node) {
      case Literal _, Node.Reference _ -> {}
      case Node.Selection selection -> add(selection.base());
      case Node.Subscript subscript -> add(List.of(subscript.base(), subscript.index()));
      case Node.Parenthesis parenthesis -> add(parenthesis.inner());
      case Node.Unary unary -> add(unary.operand());
      case Node.Chain chain -> {
        add(chain.first());
        chain.links().forEach(link -> add(link.operand()));
      }
      case Node.Conditional conditional -> {
        Node then = conditional.then();
        add(conditional.test());
        add(then == null ? List.of() : List.of(then));
        add(conditional.otherwise());
      }
      case Node.Call call -> add(call.arguments());
      case Node.Items items -> add(items.items());
      case Node.Ad ad -> ad.fields().forEach(field -> add(field.value()));
    }
  }

  private void add(List<Node> nodes) {
    nodes.forEach(this::add);
  }
}
