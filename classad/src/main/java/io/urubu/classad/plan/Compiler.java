package io.urubu.classad.plan;

import io.urubu.classad.ast.BinaryOperator;
import io.urubu.classad.ast.Name;
import io.urubu.classad.ast.Node;
import io.urubu.classad.ast.UnaryOperator;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Program;
import io.urubu.classad.eval.Programs;
import io.urubu.classad.function.Dependence;
import io.urubu.classad.function.Functions;
import java.util.ArrayList;
import java.util.List;

/** Makes programs of plans. */
final class Compiler {
  private Compiler() {}

  static Program compile(Plan plan) {
    return switch (plan) {
      case Plan.Constant(Datum value) -> value;
      case Plan.Attribute(Plan.Where where, Name name) -> attribute(where, name);
      case Plan.Inlined(Name name, Plan definition) -> Programs.inlined(name, compile(definition));
      case Plan.Selection(Plan base, Name name) -> Programs.selection(compile(base), name);
      case Plan.Subscript(Plan base, Plan index) ->
          Programs.subscript(compile(base), compile(index));
      case Plan.Unary(UnaryOperator operator, Plan operand) ->
          Programs.unary(operator, compile(operand));
      case Plan.Binary(BinaryOperator operator, Plan left, Plan right) ->
          Programs.binary(operator, compile(left), compile(right));
      case Plan.Chain(Plan first, List<BinaryOperator> operators, List<Plan> operands) ->
          Programs.chain(compile(first), operators, compile(operands));
      case Plan.All(List<Plan> terms) -> Programs.all(compile(terms));
      case Plan.Any(List<Plan> terms) -> Programs.any(compile(terms));
      case Plan.Choice(Plan test, Plan then, Plan otherwise) ->
          Programs.choice(compile(test), compile(then), compile(otherwise));
      case Plan.Fallback(Plan test, Plan otherwise) ->
          Programs.fallback(compile(test), compile(otherwise));
      case Plan.Call(Name function, List<Plan> arguments) -> call(function, arguments);
      case Plan.Items(Node.Items node, List<Plan> items) -> Programs.items(node, compile(items));
      case Plan.Ad(Node.Ad node) -> Programs.ad(Kept.attributes(node));
    };
  }

  private static List<Program> compile(List<Plan> plans) {
    List<Program> programs = new ArrayList<>(plans.size());
    for (Plan plan : plans) {
      programs.add(compile(plan));
    }
    return programs;
  }

  private static Program attribute(Plan.Where where, Name name) {
    return switch (where) {
      case HERE -> Programs.here(name);
      case MINE -> Programs.mine(name);
      case THEIRS -> Programs.theirs(name);
      case OUTERMOST -> Programs.reference(name, true);
    };
  }

  /** A function that looks at how an argument is written gets the name as it stands there. */
  private static Program call(Name function, List<Plan> arguments) {
    List<Program> programs = compile(arguments);
    if (Dependence.of(function) == Dependence.TEXT) {
      for (int i = 0; i < programs.size(); i++) {
        if (arguments.get(i) instanceof Plan.Attribute(Plan.Where where, Name name)) {
          programs.set(i, asWritten(where, name));
        }
      }
    }
    return Programs.call(Functions.find(function), programs);
  }

  private static Program asWritten(Plan.Where where, Name name) {
    return switch (where) {
      case HERE -> Programs.reference(name, false);
      case OUTERMOST -> Programs.reference(name, true);
      case MINE -> Programs.selection(Programs.reference(Name.of("MY"), false), name);
      case THEIRS -> Programs.selection(Programs.reference(Name.of("TARGET"), false), name);
    };
  }
}
