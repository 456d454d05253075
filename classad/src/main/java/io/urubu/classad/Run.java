package io.urubu.classad;

import io.urubu.classad.eval.AbortException;
import io.urubu.classad.eval.Attributes;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.eval.Items;
import io.urubu.classad.eval.Program;
import io.urubu.classad.eval.Scope;
import io.urubu.classad.eval.Trees;
import io.urubu.classad.eval.Truth;
import io.urubu.classad.eval.Values;
import io.urubu.classad.limit.Limits;
import io.urubu.classad.plan.Formula;
import io.urubu.classad.print.Printer;
import io.urubu.classad.print.Style;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs programs in ads and hands their values out. */
final class Run {
  private Run() {}

  static Value value(
      Program program, Attributes my, @Nullable Attributes target, InstantSource clock) {
    Scope scope = target == null ? Scope.of(my) : Scope.matched(my, target);
    Evaluation evaluation = new Evaluation(scope, clock, Formula::read);
    try {
      return value(evaluation.run(program, scope), evaluation, 0);
    } catch (AbortException aborted) {
      return new Value.Aborted(aborted.reason());
    } catch (StackOverflowError _) {
      // A caller may be deep in its stack already, where the limits are not reached.
      return new Value.Aborted("nested too deep to evaluate");
    }
  }

  /** The value as it is printed, unevaluated inside; empty if the evaluation had no end. */
  static Optional<String> text(
      Program program,
      Attributes my,
      @Nullable Attributes target,
      InstantSource clock,
      Dialect dialect) {
    Scope scope = target == null ? Scope.of(my) : Scope.matched(my, target);
    Evaluation evaluation = new Evaluation(scope, clock, Formula::read);
    Style style = dialect == Dialect.OLD ? Style.CANONICAL_LONG : Style.CANONICAL;
    try {
      return Optional.of(Printer.print(Trees.of(evaluation.run(program, scope)), style));
    } catch (AbortException | StackOverflowError _) {
      return Optional.empty();
    }
  }

  /** Whether the value is true or a number other than zero: what holds of Requirements. */
  static boolean isTrue(Program program, Scope scope, InstantSource clock) {
    if (program instanceof Datum value) {
      return Truth.of(value) == Values.TRUE;
    }
    Evaluation evaluation = new Evaluation(scope, clock, Formula::read);
    try {
      return Truth.of(evaluation.run(program, scope)) == Values.TRUE;
    } catch (AbortException | StackOverflowError _) {
      return false;
    }
  }

  private static Value value(Datum datum, Evaluation evaluation, int depth) {
    return switch (datum) {
      case Datum.Undefined _ -> new Value.Undefined();
      case Datum.Failure(String reason) -> new Value.Failed(reason);
      case Datum.Bool(boolean value) -> new Value.Bool(value);
      case Datum.Int(long value) -> new Value.Whole(value);
      case Datum.Real(double value) -> new Value.Real(value);
      case Datum.Text(String value) -> new Value.Text(value);
      case Datum.Moment(long seconds, int offset) -> new Value.Moment(seconds, offset);
      case Datum.Interval(double seconds) -> new Value.Interval(seconds);
      case Items items -> items(items, evaluation, depth);
      case Scope ad -> new Value.Nested(new ClassAd(ad.attributes()));
    };
  }

  private static Value items(Items items, Evaluation evaluation, int depth) {
    if (depth > Limits.NESTED_LISTS) {
      throw new AbortException(
          "a list with more than " + Limits.NESTED_LISTS + " lists in each other");
    }
    List<Value> values = new ArrayList<>(items.size());
    for (Program item : items.programs()) {
      values.add(value(evaluation.runContained(item, items.scope()), evaluation, depth + 1));
    }
    return new Value.Items(values);
  }
}
