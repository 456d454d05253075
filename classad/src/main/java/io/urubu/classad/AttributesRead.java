package io.urubu.classad;

import io.urubu.classad.ast.Literal;
import io.urubu.classad.ast.Name;
import io.urubu.classad.ast.Node;
import io.urubu.classad.limit.FreshStack;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** Collects the names of attributes that an expression reads. */
final class AttributesRead {
  private final Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  private AttributesRead() {}

  static Set<String> of(Node node) {
    return FreshStack.ifNeeded(
        () -> {
          AttributesRead read = new AttributesRead();
          read.visit(node);
          return Collections.unmodifiableSet(read.names);
        });
  }

  private void visit(Node node) {
    switch (node) {
      case Literal _ -> {}
      case Node.Reference(Name name, _, _) -> {
        if (!isScope(name)) {
          names.add(name.text());
        }
      }
      case Node.Selection(Node.Reference(Name scope, _, _), Name name, _) when isScope(scope) ->
          names.add(name.text());
      case Node.Selection(Node base, _, _) -> visit(base);
      case Node.Subscript(Node base, Node index, _) -> {
        visit(base);
        visit(index);
      }
      case Node.Parenthesis(Node inner, _) -> visit(inner);
      case Node.Unary(_, Node operand, _) -> visit(operand);
      case Node.Chain chain -> {
        visit(chain.first());
        chain.links().forEach(link -> visit(link.operand()));
      }
      case Node.Conditional conditional -> {
        visit(conditional.test());
        Node then = conditional.then();
        if (then != null) {
          visit(then);
        }
        visit(conditional.otherwise());
      }
      case Node.Call call -> call.arguments().forEach(this::visit);
      case Node.Items items -> items.items().forEach(this::visit);
      case Node.Ad ad -> ad.fields().forEach(field -> visit(field.value()));
    }
  }

  private static boolean isScope(Name name) {
    return switch (name.key()) {
      case "my", "self", "target", "other", "root", "toplevel", "parent" -> true;
      default -> false;
    };
  }
}
