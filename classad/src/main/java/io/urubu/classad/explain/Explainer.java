package io.urubu.classad.explain;

import io.urubu.classad.ast.BinaryOperator;
import io.urubu.classad.ast.Literal;
import io.urubu.classad.ast.Name;
import io.urubu.classad.ast.Node;
import io.urubu.classad.ast.UnaryOperator;
import io.urubu.classad.eval.AbortException;
import io.urubu.classad.eval.Attributes;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.eval.Scope;
import io.urubu.classad.eval.ScopeName;
import io.urubu.classad.eval.Truth;
import io.urubu.classad.explain.Explanation.Kind;
import io.urubu.classad.interpret.Interpreter;
import io.urubu.classad.limit.Limits;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes conditions apart and evaluates each part in one ad, or in two that meet. For one
 * explanation.
 */
public final class Explainer {
  /** What is deeper than this is evaluated as a whole. */
  private static final int DEEPEST = 60;

  /** How many conditions are taken apart from others; beyond these they are told as one. */
  private static final int MOST_PARTS = 5000;

  /** Every part is evaluated by itself, so all together may take more than one evaluation. */
  private static final int STEPS = 2 * Limits.STEPS;

  /** What each part gets when these are spent. */
  private static final int FEWEST_STEPS = 100;

  private final Readings readings = new Readings();
  private final Interpreter interpreter = new Interpreter(this::missed);
  private final InstantSource clock;
  private final Scope my;
  private final @Nullable Scope target;
  private final Set<String> followed = new HashSet<>();
  private int depth;
  private int stepsLeft = STEPS;
  private int partsLeft = MOST_PARTS;

  public Explainer(Attributes my, @Nullable Attributes target, InstantSource clock) {
    this.clock = clock;
    Attributes mine = readings.watched(my, Side.MY, interpreter);
    this.my =
        target == null
            ? Scope.of(mine)
            : Scope.matched(mine, readings.watched(target, Side.TARGET, interpreter));
    this.target = this.my.counterpart();
  }

  /** Why an expression has its value in the first ad. */
  public Explanation expression(Node node) {
    return explained(Definition.of(Side.NONE, "", node), my);
  }

  /** Why the first ad's attribute of this name has its value. */
  public Explanation attribute(String name) {
    int slot = my.attributes().slot(Name.key(name));
    if (slot < 0) {
      return new Explanation(
          Kind.TERM,
          new Condition(Side.MY, "", 1, Side.MY.prefixed(name)),
          new Verdict(Outcome.UNDEFINED, "undefined", true),
          List.of(),
          List.of(Reading.missing(Side.MY, name)));
    }
    Definition definition =
        Definition.of(Side.MY, my.attributes().name(slot).text(), my.attributes().node(slot));
    followed.add(key(Side.MY, name));
    Explanation why = explained(definition, my);
    Condition condition =
        new Condition(Side.MY, "", 1, Side.MY.prefixed(my.attributes().name(slot).text()));
    return new Explanation(Kind.NAME, condition, why.verdict(), List.of(why), List.of());
  }

  private void missed(Scope from, Name name, boolean selected) {
    boolean anywhere = !selected && from.counterpart() != null;
    boolean special = ScopeName.of(name.key()) != ScopeName.NONE;
    Side side =
        anywhere || special
            ? Side.NONE
            : from == my ? Side.MY : from == target ? Side.TARGET : Side.NONE;
    readings.add(Reading.missing(side, name.text()));
  }

  private Explanation explained(Definition definition, Scope scope) {
    try {
      return explained(definition.node(), definition, scope);
    } catch (StackOverflowError _) {
      // A caller may be deep in its stack already; the whole is explained without its parts.
      return term(definition.node(), definition, scope);
    }
  }

  private Explanation explained(Node node, Definition definition, Scope scope) {
    if (depth >= DEEPEST) {
      return term(node, definition, scope);
    }
    depth++;
    try {
      return takenApart(Nodes.bare(node), definition, scope);
    } finally {
      depth--;
    }
  }

  private Explanation takenApart(Node bare, Definition definition, Scope scope) {
    return switch (bare) {
      case Node.Chain chain when Nodes.joins(chain, BinaryOperator.AND) ->
          joined(Kind.ALL, chain, BinaryOperator.AND, definition, scope);
      case Node.Chain chain when Nodes.joins(chain, BinaryOperator.OR) ->
          joined(Kind.ANY, chain, BinaryOperator.OR, definition, scope);
      case Node.Unary(UnaryOperator operator, Node operand, _)
          when operator == UnaryOperator.NOT -> {
        Explanation part = explained(operand, definition, scope);
        yield part.kind() == Kind.TERM
            ? new Explanation(
                Kind.NOT,
                definition.condition(bare),
                verdict(bare, scope),
                List.of(),
                part.readings())
            : whole(Kind.NOT, bare, definition, scope, List.of(part));
      }
      case Node.Conditional conditional -> choice(conditional, definition, scope);
      case Node.Reference _, Node.Selection _ -> name(bare, definition, scope);
      case Literal _, Node.Compound _ -> term(bare, definition, scope);
    };
  }

  private Explanation joined(
      Kind kind, Node.Chain chain, BinaryOperator operator, Definition definition, Scope scope) {
    Outcome deciding = kind == Kind.ALL ? Outcome.FALSE : Outcome.TRUE;
    List<Node> terms = Nodes.terms(chain, operator);
    if (terms.size() > partsLeft) {
      return term(chain, definition, scope);
    }
    partsLeft -= terms.size();
    List<Explanation> parts = new ArrayList<>(terms.size());
    boolean decided = false;
    for (Node term : terms) {
      Explanation part = explained(term, definition, scope);
      parts.add(decided ? part.unreached() : part);
      Outcome outcome = part.verdict().outcome();
      decided |= outcome == deciding || outcome == Outcome.ERROR || outcome == Outcome.ABORTED;
    }
    return whole(kind, chain, definition, scope, parts);
  }

  private Explanation choice(Node.Conditional conditional, Definition definition, Scope scope) {
    List<Explanation> parts = new ArrayList<>();
    Explanation test = explained(conditional.test(), definition, scope);
    Outcome outcome = test.verdict().outcome();
    Node then = conditional.then();
    parts.add(test);
    if (then == null && outcome == Outcome.UNDEFINED) {
      parts.add(explained(conditional.otherwise(), definition, scope));
    }
    if (then != null && (outcome == Outcome.TRUE || outcome == Outcome.FALSE)) {
      Node chosen = outcome == Outcome.TRUE ? then : conditional.otherwise();
      parts.add(explained(chosen, definition, scope));
    }
    return whole(Kind.CHOICE, conditional, definition, scope, parts);
  }

  /** A name that stands for a condition is followed to it, where it comes by first. */
  private Explanation name(Node node, Definition definition, Scope scope) {
    Nodes.Found found = Nodes.find(node, scope);
    if (found == null) {
      return term(node, definition, scope);
    }
    Name name = found.owner().attributes().name(found.slot());
    Node meaning = found.owner().attributes().node(found.slot());
    Side side = found.owner() == my ? Side.MY : Side.TARGET;
    if (meaning instanceof Literal || !followed.add(key(side, name.text()))) {
      return term(node, definition, scope);
    }
    Definition next = Definition.of(side, name.text(), meaning);
    Explanation part = explained(next, found.owner());
    return whole(Kind.NAME, node, definition, scope, List.of(part));
  }

  private Explanation whole(
      Kind kind, Node node, Definition definition, Scope scope, List<Explanation> parts) {
    return new Explanation(
        kind, definition.condition(node), verdict(node, scope), parts, List.of());
  }

  private Explanation term(Node node, Definition definition, Scope scope) {
    readings.begin();
    Verdict verdict = verdict(node, scope);
    return new Explanation(
        Kind.TERM, definition.condition(node), verdict, List.of(), readings.end());
  }

  private Verdict verdict(Node node, Scope scope) {
    int limit = Math.clamp(stepsLeft, FEWEST_STEPS, Limits.STEPS);
    Evaluation evaluation = new Evaluation(scope, clock, interpreter::read, limit);
    try {
      Datum value = evaluation.run(interpreter.program(node), scope);
      return switch (Truth.of(value)) {
        case Datum.Bool(boolean holds) ->
            new Verdict(holds ? Outcome.TRUE : Outcome.FALSE, Readings.text(value), true);
        case Datum.Failure(String reason) -> new Verdict(Outcome.ERROR, reason, true);
        default -> new Verdict(Outcome.UNDEFINED, "undefined", true);
      };
    } catch (AbortException aborted) {
      return new Verdict(Outcome.ABORTED, aborted.reason(), true);
    } catch (StackOverflowError _) {
      return new Verdict(Outcome.ABORTED, "nested too deep to evaluate", true);
    } finally {
      stepsLeft -= Math.min(evaluation.steps(), limit);
    }
  }

  private static String key(Side side, String name) {
    return side.prefixed(Name.key(name));
  }
}
