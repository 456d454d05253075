package io.urubu.classad.explain;

import io.urubu.classad.ast.BinaryOperator;
import io.urubu.classad.ast.Name;
import io.urubu.classad.ast.Node;
import io.urubu.classad.eval.Scope;
import io.urubu.classad.eval.ScopeName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What explanations need to know of trees. */
final class Nodes {
  private Nodes() {}

  /** The node inside of all parentheses. */
  static Node bare(Node node) {
    Node inner = node;
    while (inner instanceof Node.Parenthesis(Node content, _)) {
      inner = content;
    }
    return inner;
  }

  static boolean joins(Node.Chain chain, BinaryOperator operator) {
    return chain.links().getFirst().operator() == operator;
  }

  /** The terms that this operator joins, those in parentheses too. */
  static List<Node> terms(Node.Chain chain, BinaryOperator operator) {
    List<Node> terms = new ArrayList<>();
    collect(chain.first(), operator, terms);
    chain.links().forEach(link -> collect(link.operand(), operator, terms));
    return terms;
  }

  private static void collect(Node node, BinaryOperator operator, List<Node> terms) {
    if (bare(node) instanceof Node.Chain chain && joins(chain, operator)) {
      terms.addAll(terms(chain, operator));
    } else {
      terms.add(node);
    }
  }

  /** An attribute: the ad that it is in, and its slot there. */
  record Found(Scope owner, int slot) {}

  /** The attribute of one of two outermost ads that this names; null if it is none. */
  static @Nullable Found find(Node node, Scope scope) {
    Scope other = scope.counterpart();
    return switch (node) {
      case Node.Reference(Name name, boolean absolute, _) when !absolute -> {
        Found mine = find(name, scope);
        boolean special = ScopeName.of(name.key()) != ScopeName.NONE;
        yield mine != null || special || other == null ? mine : find(name, other);
      }
      case Node.Selection(Node.Reference(Name base, boolean absolute, _), Name name, _)
          when !absolute && !scope.attributes().redefinesScopes() ->
          switch (ScopeName.of(base.key())) {
            case SELF -> find(name, scope);
            case COUNTERPART -> other == null ? null : find(name, other);
            case NONE, PARENT, ROOT, NOW -> null;
          };
      default -> null;
    };
  }

  private static @Nullable Found find(Name name, Scope owner) {
    int slot = owner.attributes().slot(name.key());
    return slot < 0 ? null : new Found(owner, slot);
  }
}
