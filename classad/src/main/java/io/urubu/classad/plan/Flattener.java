package io.urubu.classad.plan;

import io.urubu.classad.ast.Name;
import io.urubu.classad.eval.AbortException;
import io.urubu.classad.eval.Attributes;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.eval.Items;
import io.urubu.classad.eval.Program;
import io.urubu.classad.eval.Scope;
import io.urubu.classad.eval.ScopeName;
import io.urubu.classad.eval.Values;
import io.urubu.classad.function.Dependence;
import io.urubu.classad.limit.FreshStack;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts an ad's attributes into an expression that is to be run in this ad against many others
 * (partial evaluation): what depends on this ad alone is computed once. The value in each match
 * stays the same, whatever the other ad has.
 */
public final class Flattener {
  /** How many definitions may stand in each other; deeper ones are looked up when run. */
  private static final int DEEPEST = 30;

  /** How many plans are taken in all: definitions that name each other twice grow fast. */
  private static final int MOST_PLANS = 20_000;

  /** How much may be computed in advance, in steps of evaluation. */
  private static final int MOST_WORK = 50_000;

  /** Longer strings are looked up, not put in wherever they are named. */
  private static final int LONGEST_TEXT = 1000;

  private final Attributes my;
  private int depth;
  private int plans;
  private int work;

  private Flattener(Attributes my) {
    this.my = my;
  }

  /** The expression with the attributes of this ad, which is the outermost one, put into it. */
  public static Formula flatten(Formula formula, Attributes my) {
    // With a name such as MY or TARGET defined by the ad nothing is certain about scopes.
    return my.redefinesScopes()
        ? formula
        : FreshStack.ifNeeded(() -> Formula.of(new Flattener(my).flat(formula.plan())));
  }

  private Plan flat(Plan plan) {
    if (++plans > MOST_PLANS) {
      return plan;
    }
    return switch (plan) {
      case Plan.Constant _, Plan.Inlined _ -> plan;
      case Plan.Items _, Plan.Ad _ -> whole(plan);
      case Plan.Attribute attribute -> attribute(attribute);
      case Plan.Selection(Plan base, Name name) -> new Plan.Selection(flat(base), name);
      case Plan.Subscript(Plan base, Plan index) -> new Plan.Subscript(flat(base), flat(index));
      case Plan.Unary unary -> Simplified.unary(unary.operator(), flat(unary.operand()));
      case Plan.Binary binary ->
          Simplified.chain(
              flat(binary.left()), List.of(binary.operator()), List.of(flat(binary.right())));
      case Plan.Chain chain ->
          Simplified.chain(flat(chain.first()), chain.operators(), flat(chain.operands()));
      case Plan.All(List<Plan> terms) -> Simplified.all(flat(terms));
      case Plan.Any(List<Plan> terms) -> Simplified.any(flat(terms));
      case Plan.Choice choice ->
          Simplified.choice(flat(choice.test()), flat(choice.then()), flat(choice.otherwise()));
      case Plan.Fallback(Plan test, Plan otherwise) ->
          Simplified.fallback(flat(test), flat(otherwise));
      case Plan.Call call -> call(call);
    };
  }

  /** What is taken as it is counts with all its parts where a definition brings it in again. */
  private Plan whole(Plan plan) {
    plans += depth == 0 ? 0 : NodeCount.of(PlanText.node(plan), MOST_PLANS);
    return plan;
  }

  private List<Plan> flat(List<Plan> several) {
    List<Plan> flat = new ArrayList<>(several.size());
    for (Plan plan : several) {
      flat.add(flat(plan));
    }
    return flat;
  }

  private Plan attribute(Plan.Attribute attribute) {
    boolean mine = attribute.where() == Plan.Where.MINE;
    Name name = attribute.name();
    if ((!mine && attribute.where() != Plan.Where.HERE)
        || ScopeName.of(name.key()) != ScopeName.NONE) {
      return attribute;
    }
    int slot = my.slot(name.key());
    if (slot < 0) {
      return mine
          ? new Plan.Constant(Values.UNDEFINED)
          : new Plan.Attribute(Plan.Where.THEIRS, name);
    }
    return switch (my.program(slot)) {
      case Datum.Text(String text) when text.length() > LONGEST_TEXT -> attribute;
      case Datum value -> new Plan.Constant(value);
      case Formula formula when depth < DEEPEST -> inlined(attribute, formula);
      default -> attribute;
    };
  }

  /**
   * The definition counts as an attribute that is looked up, unless nothing is left to run. One
   * that comes to more than there is room for is looked up indeed.
   */
  private Plan inlined(Plan.Attribute attribute, Formula formula) {
    depth++;
    Plan definition = flat(formula.plan());
    depth--;
    if (plans > MOST_PLANS) {
      return attribute;
    }
    return definition instanceof Plan.Constant
        ? definition
        : new Plan.Inlined(attribute.name(), definition);
  }

  private Plan call(Plan.Call call) {
    Dependence dependence = Dependence.of(call.function());
    if (dependence == Dependence.TEXT) {
      return whole(call);
    }
    Plan.Call flat = new Plan.Call(call.function(), flat(call.arguments()));
    boolean known = flat.arguments().stream().allMatch(Plan.Constant.class::isInstance);
    return known && dependence == Dependence.VALUES ? computed(flat) : flat;
  }

  private Plan computed(Plan.Call call) {
    if (work > MOST_WORK) {
      return call;
    }
    Program program = Compiler.compile(call);
    Evaluation evaluation =
        new Evaluation(Scope.EMPTY, InstantSource.system(), Formula::read, MOST_WORK);
    try {
      Datum value = evaluation.run(program, Scope.EMPTY);
      // A list or an ad would lose its scope, and a length of time is not read back as one.
      boolean plain =
          !(value instanceof Items || value instanceof Scope || value instanceof Datum.Interval);
      return plain ? new Plan.Constant(value) : call;
    } catch (AbortException _) {
      return call;
    } finally {
      work += evaluation.steps();
    }
  }
}
