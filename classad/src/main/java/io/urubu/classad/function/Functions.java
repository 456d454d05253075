package io.urubu.classad.function;

import io.urubu.classad.ast.Name;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Function;
import java.util.Map;

/** The functions of the language. A name that is none gives an error when it is called. */
public final class Functions {
  private static final int WORK_OF_A_SEARCH = 200;
  private static final Table TABLE = filled();
  private static final Map<String, Function> BY_KEY = TABLE.byKey();

  private Functions() {}

  public static Function find(Name name) {
    Function function = BY_KEY.get(name.key());
    return function == null || !TABLE.isSpelled(name) ? unknown(name) : function;
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
    return table;
  }

  private static Function unknown(Name name) {
    return (evaluation, _, _) -> {
      evaluation.spend(WORK_OF_A_SEARCH);
      String near = NearNames.nearest(name.text(), TABLE.names());
      String mend = near.isEmpty() ? "" : " (did you mean " + near + "?)";
      return Datum.failure("no function " + name.text() + mend);
    };
  }
}
