package io.urubu.classad.function;

import io.urubu.classad.ast.Name;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.eval.Function;
import io.urubu.classad.eval.Program;
import io.urubu.classad.eval.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Functions by key while the table is filled: a group of functions registers here. */
final class Table {
  static final int MANY = Integer.MAX_VALUE;

  private final Map<String, Function> byKey = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private final List<String> exact = new ArrayList<>();
  private final Map<String, Signature> signatures = new HashMap<>();

  /** A function of the values of its arguments. */
  @FunctionalInterface
  interface OfValues {
    Datum call(List<Datum> arguments, Evaluation evaluation);
  }

  /** A function of one value. */
  @FunctionalInterface
  interface OfOne {
    Datum call(Datum argument);
  }

  Map<String, Function> byKey() {
    return Map.copyOf(byKey);
  }

  Map<String, Signature> signatures() {
    return Map.copyOf(signatures);
  }

  /** Whether a name that has a function's key is its name. */
  boolean isSpelled(Name name) {
    return exact.contains(name.text())
        || exact.stream().noneMatch(e -> Name.key(e).equals(name.key()));
  }

  /** The names as they are usually spelled. */
  List<String> names() {
    return List.copyOf(names);
  }

  void add(String name, OfOne function) {
    add(name, 1, 1, (arguments, _) -> function.call(arguments.getFirst()));
  }

  /** A function that runs all its arguments, from left to right. */
  void add(String name, int fewest, int most, OfValues function) {
    addLazy(
        name,
        fewest,
        most,
        (evaluation, scope, arguments) ->
            function.call(values(evaluation, scope, arguments), evaluation));
  }

  /** A function that is known by this spelling only. */
  void addExact(String name, int fewest, int most, OfValues function) {
    add(name, fewest, most, function);
    exact.add(name);
  }

  /** A function that decides itself which arguments to run. */
  void addLazy(String name, int fewest, int most, Function function) {
    Signature signature = new Signature(name, fewest, most);
    Datum wrongCount = Datum.failure(signature.toString());
    Function checked =
        (evaluation, scope, arguments) ->
            signature.takes(arguments.size())
                ? evaluation.produced(function.call(evaluation, scope, arguments))
                : wrongCount;
    names.add(name);
    signatures.put(Name.key(name), signature);
    if (byKey.put(Name.key(name), checked) != null) {
      throw new IllegalStateException("function " + name + " is registered twice");
    }
  }

  /** A function that runs its arguments until those so far decide; it gets these. */
  void addUntil(
      String name, int fewest, int most, Predicate<List<Datum>> decided, OfValues function) {
    addLazy(
        name,
        fewest,
        most,
        (evaluation, scope, arguments) -> {
          List<Datum> values = new ArrayList<>(arguments.size());
          for (Program argument : arguments) {
            values.add(evaluation.weighed(evaluation.run(argument, scope)));
            if (decided.test(values)) {
              break;
            }
          }
          return function.call(values, evaluation);
        });
  }

  private static List<Datum> values(Evaluation evaluation, Scope scope, List<Program> arguments) {
    List<Datum> values = new ArrayList<>(arguments.size());
    for (Program argument : arguments) {
      values.add(evaluation.weighed(evaluation.run(argument, scope)));
    }
    return values;
  }
}
