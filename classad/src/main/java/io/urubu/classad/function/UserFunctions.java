package io.urubu.classad.function;

import io.urubu.classad.eval.AbortException;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.eval.Program;
import io.urubu.classad.eval.Scope;
import io.urubu.classad.eval.Values;
import java.util.List;

/** What the machine knows of its users. No maps of users are defined. */
final class UserFunctions {
  private static final int WORK_OF_READING = 200;

  private UserFunctions() {}

  static void register(Table table) {
    table.addLazy("userHome", 0, Table.MANY, UserFunctions::userHome);
    table.add("userMap", 2, 4, (arguments, _) -> userMap(arguments));
  }

  /** The home folder of a user, else the second argument, if that is a string. */
  private static Datum userHome(Evaluation evaluation, Scope scope, List<Program> arguments) {
    if (arguments.isEmpty() || arguments.size() > 2) {
      throw new AbortException("userHome() takes 1 to 2 arguments");
    }
    Datum name = evaluation.run(arguments.getFirst(), scope);
    Datum otherwise =
        arguments.size() == 2 ? evaluation.runContained(arguments.get(1), scope) : Values.UNDEFINED;
    if (name instanceof Datum.Text(String user)) {
      evaluation.spend(WORK_OF_READING);
      String home = PasswordFile.home(user);
      if (!home.isEmpty()) {
        return Datum.of(home);
      }
      return isGiven(otherwise) ? otherwise : Values.UNDEFINED;
    }
    if (isGiven(otherwise)) {
      return otherwise;
    }
    return Conversion.isUndefined(name) ? name : Conversion.wrong("userHome", name);
  }

  private static boolean isGiven(Datum otherwise) {
    return otherwise instanceof Datum.Text(String home) && !home.isEmpty();
  }

  private static Datum userMap(List<Datum> arguments) {
    for (Datum argument : List.of(arguments.get(0), arguments.get(1))) {
      if (Conversion.isFailure(argument)) {
        return argument;
      }
    }
    return arguments.size() == 4 ? arguments.get(3) : Values.UNDEFINED;
  }
}
