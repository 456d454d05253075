package io.urubu.classad.function;

import io.urubu.classad.ast.Name;
import io.urubu.classad.ast.Node;
import io.urubu.classad.eval.AbortException;
import io.urubu.classad.eval.Attributes;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.eval.Program;
import io.urubu.classad.eval.Reference;
import io.urubu.classad.eval.Scope;
import io.urubu.classad.eval.Selection;
import io.urubu.classad.eval.Values;
import io.urubu.classad.print.Printer;
import io.urubu.classad.print.Style;
import io.urubu.classad.regex.Pattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions of attributes as they are written. */
final class NameFunctions {
  private static final String OTHER_AD = "target.";

  private NameFunctions() {}

  static void register(Table table) {
    table.addLazy("unparse", 1, 1, NameFunctions::unparse);
    table.addLazy("unresolved", 1, 2, NameFunctions::unresolved);
  }

  /** The text of an attribute of this very ad, in lines. */
  private static Datum unparse(Evaluation evaluation, Scope scope, List<Program> arguments) {
    return switch (arguments.getFirst()) {
      case Selection _ -> Datum.of("");
      case Reference reference when reference.isAbsolute() || isQuoted(reference) -> Datum.of("");
      case Reference reference -> {
        Attributes attributes = scope.attributes();
        int slot = attributes.slot(reference.name().key());
        yield Datum.of(slot < 0 ? "" : Printer.print(attributes.node(slot), Style.INDENTED));
      }
      default -> Datum.failure("unparse() takes the name of an attribute");
    };
  }

  private static boolean isQuoted(Reference reference) {
    StringBuilder name = new StringBuilder();
    Printer.name(reference.name(), Style.CANONICAL, name);
    return name.charAt(0) == '\'';
  }

  /** What an attribute needs and does not find here; or whether some of that fits a pattern. */
  private static Datum unresolved(Evaluation evaluation, Scope scope, List<Program> arguments) {
    Program argument = arguments.getFirst();
    if (!(argument instanceof Reference) && !(argument instanceof Selection)) {
      return Datum.failure("unresolved() takes the name of an attribute");
    }
    OpenNames.Place place = place(argument, evaluation, scope);
    if (place == null) {
      return Values.UNDEFINED;
    }
    Node node = place.node();
    if (arguments.size() == 1) {
      return Datum.of(String.join(",", names(node, place.scope(), evaluation)));
    }
    if (!(evaluation.run(arguments.get(1), scope) instanceof Datum.Text(String regex))) {
      throw new AbortException("unresolved() with a pattern that is not a string");
    }
    return anyFits(names(node, place.scope(), evaluation), regex, evaluation);
  }

  private static OpenNames.@Nullable Place place(
      Program argument, Evaluation evaluation, Scope scope) {
    if (argument instanceof Selection selection) {
      return evaluation.run(selection.base(), scope) instanceof Scope ad
          ? OpenNames.Place.find(selection.name(), ad, evaluation)
          : null;
    }
    if (!(argument instanceof Reference reference)) {
      return null;
    }
    Name name = reference.name();
    boolean absolute = reference.isAbsolute();
    Scope start = absolute ? evaluation.root() : scope;
    OpenNames.Place place = OpenNames.Place.find(name, start, evaluation);
    Scope other = scope.counterpart();
    return place == null && !absolute && other != null
        ? OpenNames.Place.find(name, other, evaluation)
        : place;
  }

  private static List<String> names(Node node, Scope scope, Evaluation evaluation) {
    Collection<String> whole = OpenNames.of(node, scope, evaluation);
    List<String> names = new ArrayList<>(whole.size());
    for (String name : whole) {
      boolean ofOther = Name.key(name).startsWith(OTHER_AD);
      names.add(ofOther ? name.substring(OTHER_AD.length()) : name);
    }
    return names;
  }

  private static Datum anyFits(List<String> names, String regex, Evaluation evaluation) {
    Pattern pattern = Regex.compile(regex, "i", evaluation);
    if (pattern == null) {
      return Datum.failure("unresolved() with a malformed pattern");
    }
    for (String name : names) {
      Datum found = PatternFunctions.find(pattern, name, evaluation);
      if (!found.equals(Values.FALSE)) {
        return regex.isEmpty() ? Values.FALSE : found;
      }
    }
    return Values.FALSE;
  }
}
