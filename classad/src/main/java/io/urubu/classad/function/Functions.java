package io.urubu.classad.function;

import io.urubu.classad.ast.Name;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Function;
import java.util.Map;
import java.util.Optional;

/** The functions of the language. A name that is none gives an error when it is called. */
public final class Functions {
  private static final int WORK_OF_A_SEARCH = 200;
  private static final Table TABLE = filled();
  private static final Map<String, Function> BY_KEY = TABLE.byKey();
  private static final Map<String, Signature> SIGNATURES = TABLE.signatures();

  private Functions() {}

  public static Function find(Name name) {
    Function function = BY_KEY.get(name.key());
    if (function == null) {
      return unknown(name);
    }
    return TABLE.isSpelled(name) ? function : misspelled(name, function);
  }

  /** A function that insists on its spelling still says first what is undefined. */
  private static Function misspelled(Name name, Function function) {
    Function unknown = unknown(name);
    return (evaluation, scope, arguments) ->
        function.call(evaluation, scope, arguments) instanceof Datum.Undefined undefined
            ? undefined
            : unknown.call(evaluation, scope, arguments);
  }

  /** How the function of this name is called; empty if there is none. */
  public static Optional<Signature> signature(Name name) {
    return TABLE.isSpelled(name)
        ? Optional.ofNullable(SIGNATURES.get(name.key()))
        : Optional.empty();
  }

  /** What messages say of a name that is no function's: that, and which one may be meant. */
  public static String unknownName(Name name) {
    String near = NearNames.nearest(name.text(), TABLE.names());
    return "no function " + name.text() + (near.isEmpty() ? "" : " (did you mean " + near + "?)");
  }

  private static Table filled() {
    Table table = new Table();
    TypeFunctions.register(table);
    NumberFunctions.register(table);
    TextFunctions.register(table);
    SplitFunctions.register(table);
    PatternFunctions.register(table);
    ListFunctions.register(table);
    StringListFunctions.register(table);
    TimeFunctions.register(table);
    CalendarFunctions.register(table);
    QuantizeFunction.register(table);
    VersionFunctions.register(table);
    SubstitutionFunctions.register(table);
    ContextFunctions.register(table);
    EvaluationFunctions.register(table);
    NameFunctions.register(table);
    SplitTimeFunctions.register(table);
    RandomFunction.register(table);
    CommandLineFunctions.register(table);
    EnvironmentFunctions.register(table);
    UserFunctions.register(table);
    return table;
  }

  private static Function unknown(Name name) {
    return (evaluation, _, _) -> {
      evaluation.spend(WORK_OF_A_SEARCH);
      return Datum.failure(unknownName(name));
    };
  }
}
