package io.urubu.classad;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.ast.Node;
import io.urubu.classad.eval.AbortException;
import io.urubu.classad.eval.Attributes;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.eval.Program;
import io.urubu.classad.eval.Scope;
import io.urubu.classad.eval.Trees;
import io.urubu.classad.interpret.Interpreter;
import io.urubu.classad.interpret.Observer;
import io.urubu.classad.limit.Limits;
import io.urubu.classad.parse.ParseException;
import io.urubu.classad.parse.Parser;
import io.urubu.classad.parse.Syntax;
import io.urubu.classad.plan.Formula;
import io.urubu.classad.plan.Kept;
import io.urubu.classad.print.Printer;
import io.urubu.classad.print.Style;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A tree that is walked and the program that is made of it come to the same. */
@Tag("unit")
final class InterpreterTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1700000000));
  private static final String SPENT = "out of steps";
  private static final Interpreter INTERPRETER = new Interpreter(Observer.NONE);

  /** Deep trees take more of the stack when they are walked. */
  private static void onALargeStack(Runnable test) throws InterruptedException {
    List<Throwable> failures = new ArrayList<>();
    Thread thread = new Thread(null, test, "large stack", 64 << 20);
    thread.setUncaughtExceptionHandler((_, failure) -> failures.add(failure));
    thread.start();
    thread.join();
    assertThat(failures).isEmpty();
  }

  @Test
  void comesToWhatProgramsComeToInAllRecordedCases() throws Exception {
    List<GoldenTables.Row> rows = GoldenTables.readOwn("corpus.tsv");
    onALargeStack(() -> compareRecorded(rows));
  }

  private static void compareRecorded(List<GoldenTables.Row> rows) {
    List<String> differences = new ArrayList<>();
    int compared = 0;
    for (GoldenTables.Row row : rows) {
      Syntax syntax = row.get("syntax").equals("old") ? Syntax.OLD : Syntax.NEW;
      try {
        Node node = Parser.expression(row.get("expression"), syntax);
        Attributes my = attributes(row.get("context"), syntax);
        String target = row.get("target");
        if (!row.get("category").equals("fn-random")) {
          compare(node, my, target.isEmpty() ? null : attributes(target, Syntax.NEW), differences);
          compared++;
        }
      } catch (ParseException _) {
        // what does not parse has no value in either form
      }
    }

    assertThat(differences).isEmpty();
    assertThat(compared).isGreaterThan(3500);
  }

  @Test
  void comesToWhatProgramsComeToForRandomTrees() throws InterruptedException {
    onALargeStack(InterpreterTest::compareRandom);
  }

  private static void compareRandom() {
    long seed = Long.parseLong(System.getenv().getOrDefault("SEED", "1"));
    System.out.println("SEED=" + seed);
    RandomTrees trees = new RandomTrees(new Random(seed));
    List<String> differences = new ArrayList<>();

    for (int i = 0; i < 4000; i++) {
      Attributes my = Kept.attributes(trees.ad(3));
      Attributes target = Kept.attributes(trees.ad(3));
      compare(trees.expression(4), my, i % 2 == 0 ? target : null, differences);
    }

    assertThat(differences).as("SEED=" + seed).isEmpty();
  }

  private static Attributes attributes(String text, Syntax syntax) throws ParseException {
    return text.isEmpty()
        ? Attributes.NONE
        : Kept.attributes(syntax == Syntax.OLD ? Parser.lines(text, Syntax.OLD) : Parser.ad(text));
  }

  private static void compare(
      Node node, Attributes my, @Nullable Attributes target, List<String> differences) {
    Scope ran = target == null ? Scope.of(my) : Scope.matched(my, target);
    String byProgram = outcome(Formula.of(node), ran, Formula::read);
    Attributes mine = INTERPRETER.attributes(my);
    Scope walked =
        target == null ? Scope.of(mine) : Scope.matched(mine, INTERPRETER.attributes(target));
    String byWalking = outcome(INTERPRETER.program(node), walked, INTERPRETER::read);
    boolean spent = byProgram.equals(SPENT) || byWalking.equals(SPENT);
    if (!spent && !byProgram.equals(byWalking)) {
      differences.add(
          Printer.print(node, Style.LINE)
              + " in "
              + Printer.print(Trees.ad(my), Style.LINE)
              + ": program "
              + byProgram
              + ", tree "
              + byWalking);
    }
  }

  private static String outcome(Program program, Scope scope, Evaluation.Reader reader) {
    Evaluation evaluation = new Evaluation(scope, CLOCK, reader);
    try {
      Datum value = evaluation.run(program, scope);
      String reason = value instanceof Datum.Failure(String text) ? " " + limit(text) : "";
      return Printer.print(Trees.of(value), Style.LINE) + reason;
    } catch (AbortException _) {
      // Which limit comes first depends on how many nodes a form has.
      return evaluation.steps() > Limits.STEPS ? SPENT : "aborted";
    }
  }

  private static String limit(String reason) {
    return reason.startsWith("a cycle") || reason.startsWith("nested") ? "aborted" : reason;
  }
}
