package io.urubu.classad.function;

import io.urubu.classad.ast.Literal;
import io.urubu.classad.ast.Name;
import io.urubu.classad.ast.Node;
import io.urubu.classad.ast.Span;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.eval.Program;
import io.urubu.classad.eval.Scope;
import io.urubu.classad.eval.ScopeName;
import io.urubu.classad.eval.Trees;
import io.urubu.classad.print.Printer;
import io.urubu.classad.print.Style;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the names that an expression needs and that the ads around it do not define. */
final class OpenNames {
  private static final int DEEPEST = 300;

  private final Evaluation evaluation;
  private final TreeMap<String, String> byKey = new TreeMap<>();
  private int depth;

  private OpenNames(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  /**
   * The names in their order without regard to case; none at all if the names lead in a circle, or
   * if an attribute is asked of what is not an ad.
   */
  static Collection<String> of(Node node, Scope scope, Evaluation evaluation) {
    OpenNames names = new OpenNames(evaluation);
    return names.collect(node, scope) ? names.byKey.values() : List.of();
  }

  private boolean collect(Node node, Scope scope) {
    evaluation.spend(1);
    if (++depth > DEEPEST) {
      return false;
    }
    boolean ended =
        switch (node) {
          case Literal _ -> true;
          case Node.Reference(Name name, boolean absolute, _) ->
              named(name, name.text(), absolute ? evaluation.root() : scope);
          case Node.Selection(Node base, Name name, _) -> selected(base, name, scope);
          case Node.Subscript(Node base, Node index, _) ->
              collect(base, scope) && collect(index, scope);
          case Node.Parenthesis(Node inner, _) -> collect(inner, scope);
          case Node.Unary unary -> collect(unary.operand(), scope);
          case Node.Chain chain -> chain(chain, scope);
          case Node.Conditional conditional -> conditional(conditional, scope);
          case Node.Call call -> all(call.arguments(), scope);
          case Node.Items items -> all(items.items(), scope);
          case Node.Ad ad -> all(ad.fields().stream().map(Node.Field::value).toList(), scope);
        };
    depth--;
    return ended;
  }

  private boolean all(List<Node> nodes, Scope scope) {
    for (Node node : nodes) {
      if (!collect(node, scope)) {
        return false;
      }
    }
    return true;
  }

  private boolean chain(Node.Chain chain, Scope scope) {
    return collect(chain.first(), scope)
        && all(chain.links().stream().map(Node.Link::operand).toList(), scope);
  }

  private boolean conditional(Node.Conditional conditional, Scope scope) {
    Node then = conditional.then();
    return collect(conditional.test(), scope)
        && (then == null || collect(then, scope))
        && collect(conditional.otherwise(), scope);
  }

  private boolean selected(Node base, Name name, Scope scope) {
    Program program = evaluation.read(Printer.print(base, Style.LINE));
    if (program == null) {
      return false;
    }
    return switch (evaluation.runContained(program, scope)) {
      case Scope ad -> named(name, name.text(), ad);
      case Datum.Undefined _ -> open(Printer.print(base, Style.CANONICAL) + '.' + name.text());
      default -> false;
    };
  }

  /** A name that is defined needs what its definition needs. */
  private boolean named(Name name, String whole, Scope start) {
    Place place = Place.find(name, start, evaluation);
    return place == null ? open(whole) : collect(place.node(), place.scope());
  }

  private boolean open(String name) {
    byKey.putIfAbsent(Name.key(name), name);
    return true;
  }

  /** The definition of a name and the ad that holds it. */
  record Place(Node node, Scope scope) {
    /** The nearest definition in this ad and those around it; null if there is none. */
    static @Nullable Place find(Name name, Scope start, Evaluation evaluation) {
      ScopeName special = ScopeName.of(name.key());
      Scope at = start;
      while (at != null) {
        int slot = at.attributes().slot(name.key());
        if (slot >= 0) {
          return new Place(at.attributes().node(slot), at);
        }
        Place builtIn = builtIn(special, at, evaluation);
        if (builtIn != null) {
          return builtIn;
        }
        at = at == evaluation.root() ? null : at.parent();
      }
      return null;
    }

    private static @Nullable Place builtIn(ScopeName special, Scope at, Evaluation evaluation) {
      return switch (special) {
        case NONE -> null;
        case SELF -> whole(at);
        case PARENT -> whole(at.parent());
        case ROOT -> whole(evaluation.root());
        case COUNTERPART -> whole(at.counterpart());
        case NOW -> new Place(new Literal.Int(evaluation.now(), Span.NONE), at);
      };
    }

    private static @Nullable Place whole(@Nullable Scope ad) {
      return ad == null ? null : new Place(Trees.ad(ad.attributes()), ad);
    }
  }
}
