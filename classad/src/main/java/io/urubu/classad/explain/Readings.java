package io.urubu.classad.explain;

import io.urubu.classad.ast.Literal;
import io.urubu.classad.ast.Name;
import io.urubu.classad.ast.Node;
import io.urubu.classad.eval.AbortException;
import io.urubu.classad.eval.Attributes;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.eval.Items;
import io.urubu.classad.eval.Program;
import io.urubu.classad.eval.Scope;
import io.urubu.classad.eval.Trees;
import io.urubu.classad.eval.Written;
import io.urubu.classad.interpret.Interpreter;
import io.urubu.classad.print.Printer;
import io.urubu.classad.print.Style;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes down which attributes of two ads are read while something is evaluated. */
final class Readings {
  /** How far readings are followed into what definitions read; nobody reads more. */
  private static final int DEEPEST = 5;

  /** How many readings of one condition or definition are told. */
  private static final int MOST = 100;

  /** How long the text of a value or a definition may be, in chars; nobody reads more. */
  private static final int LONGEST = 10_000;

  /** How long all texts of lists, ads and definitions may be together. */
  private static final int MOST_CHARS = 4 << 20;

  private static final String TOO_LONG = "(too long to tell)";

  private final Deque<List<Reading>> open = new ArrayDeque<>();
  private final Set<Watched> running = new HashSet<>();
  private int charsLeft = MOST_CHARS;

  /** From now on readings belong to a computation of their own. */
  void begin() {
    open.push(new ArrayList<>());
  }

  /** What was read since then, in order, each reading once. */
  List<Reading> end() {
    return open.pop();
  }

  void add(Reading reading) {
    List<Reading> innermost = open.peek();
    if (innermost != null && innermost.size() < MOST && !innermost.contains(reading)) {
      innermost.add(reading);
    }
  }

  /** The same attributes, each of which tells when it is read. */
  Attributes watched(Attributes attributes, Side side, Interpreter interpreter) {
    List<Name> names = new ArrayList<>(attributes.size());
    List<Program> programs = new ArrayList<>(attributes.size());
    for (int slot = 0; slot < attributes.size(); slot++) {
      Name name = attributes.name(slot);
      Node node = attributes.node(slot);
      Program program = attributes.program(slot);
      names.add(name);
      programs.add(
          new Watched(
              side, name, node, program instanceof Datum ? program : interpreter.program(node)));
    }
    return Attributes.of(List.copyOf(names), programs);
  }

  /** The value as it is written, if that is not more than anybody reads. */
  private String told(Datum value) {
    if (value instanceof Datum.Text(String text) && text.length() > LONGEST) {
      return TOO_LONG;
    }
    return value instanceof Items || value instanceof Scope ? told(Trees.of(value)) : text(value);
  }

  private String told(Node node) {
    String text;
    try {
      text = Printer.print(node, Style.LINE, LONGEST);
    } catch (Printer.TooLongException _) {
      return TOO_LONG;
    }
    charsLeft -= text.length();
    return charsLeft < 0 ? TOO_LONG : text;
  }

  static String text(Datum value) {
    return value instanceof Datum.Failure(String reason)
        ? "error: " + reason
        : Printer.print(Trees.of(value), Style.LINE);
  }

  private final class Watched implements Written {
    private final Side side;
    private final Name name;
    private final Node node;
    private final Program program;

    Watched(Side side, Name name, Node node, Program program) {
      this.side = side;
      this.name = name;
      this.node = node;
      this.program = program;
    }

    @Override
    public Node node() {
      return node;
    }

    @Override
    public Datum run(Evaluation evaluation, Scope scope) {
      if (open.size() > DEEPEST || !running.add(this)) {
        return program.run(evaluation, scope); // a cycle comes by again and again
      }
      begin();
      String value = "aborted";
      try {
        Datum found = program.run(evaluation, scope);
        value = told(found);
        return found;
      } catch (AbortException aborted) {
        value = "aborted: " + aborted.reason();
        throw aborted;
      } finally {
        running.remove(this);
        List<Reading> readings = end();
        String text = node instanceof Literal ? value : told(node);
        String definition = text.equals(value) ? "" : text;
        add(new Reading(side, name.text(), true, value, definition, readings));
      }
    }
  }
}
