package io.urubu.classad;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.ast.Node;
import io.urubu.classad.eval.AbortException;
import io.urubu.classad.eval.Attributes;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.eval.Program;
import io.urubu.classad.eval.Scope;
import io.urubu.classad.eval.Trees;
import io.urubu.classad.interpret.Interpreter;
import io.urubu.classad.interpret.Observer;
import io.urubu.classad.parse.ParseException;
import io.urubu.classad.parse.Parser;
import io.urubu.classad.parse.Syntax;
import io.urubu.classad.plan.Flattener;
import io.urubu.classad.plan.Formula;
import io.urubu.classad.plan.Kept;
import io.urubu.classad.print.Printer;
import io.urubu.classad.print.Style;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** However an expression is run, it comes to the same value. */
@Tag("unit")
class ParityTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000));
  private static final int STEPS = 100_000;
  private static final String OUT_OF_STEPS = "out of steps";
  private static final Interpreter INTERPRETER = new Interpreter(Observer.NONE);

  /** An expression with the ads that it is run in. */
  private record Case(Node node, Attributes my, @Nullable Attributes target) {
    Scope scope() {
      return target == null ? Scope.of(my) : Scope.matched(my, target);
    }

    @Override
    public String toString() {
      return Printer.print(node, Style.LINE)
          + " in "
          + Printer.print(Trees.ad(my), Style.LINE)
          + (target == null ? "" : " with " + Printer.print(Trees.ad(target), Style.LINE));
    }
  }

  @Test
  void allFormsAgreeOnTheRecordedExpressions() throws IOException {
    int compared = 0;
    for (GoldenTables.Row row : GoldenTables.readOwn("corpus.tsv")) {
      Syntax syntax = row.get("syntax").equals("old") ? Syntax.OLD : Syntax.NEW;
      try {
        Node node = Parser.expression(row.get("expression"), syntax);
        String target = row.get("target");
        if (!row.get("category").equals("fn-random")
            && !row.get("expression").contains("random(")) {
          check(
              new Case(
                  node,
                  attributes(row.get("context"), syntax),
                  target.isEmpty() ? null : attributes(target, Syntax.NEW)),
              row.get("id"));
          compared++;
        }
      } catch (ParseException _) {
        // what does not parse has no value in any form
      }
    }

    assertThat(compared).isGreaterThan(3500);
  }

  @Test
  void allFormsAgreeOnTheRecordedMatches() throws IOException, ParseException {
    for (GoldenTables.Row row : GoldenTables.readOwn("match.tsv")) {
      Attributes job = attributes(row.get("job"), Syntax.NEW);
      Attributes machine = attributes(row.get("machine"), Syntax.NEW);
      for (String name : List.of("Requirements", "Rank")) {
        Node node = Parser.expression(name, Syntax.NEW);
        check(new Case(node, job, machine), row.get("id"));
        check(new Case(node, machine, job), row.get("id"));
      }
    }
  }

  @Test
  void allFormsAgreeOnRandomExpressionsThatMeanSomething() throws ParseException {
    int rounds = Rounds.of(1000);
    Rounds.announce("parity of meaningful expressions", rounds);
    int meaningful = 0;
    for (int round = 0; round < rounds; round++) {
      RandomTexts texts = new RandomTexts(Rounds.random(round));
      Case one =
          new Case(
              Parser.expression(texts.any(4), Syntax.NEW),
              attributes(texts.ad(), Syntax.NEW),
              round % 3 == 0 ? null : attributes(texts.ad(), Syntax.NEW));
      String value = check(one, Rounds.name(round));
      boolean empty =
          value.equals("undefined")
              || value.equals("error")
              || value.equals("aborted")
              || value.equals(OUT_OF_STEPS);
      meaningful += empty ? 0 : 1;
    }

    assertThat(meaningful).as("of %d", rounds).isGreaterThan(rounds * 35 / 100);
  }

  @Test
  void otherAndSelfMayBeDefinedWithoutTargetAndMy() throws ParseException {
    Attributes my = attributes("[a = 1; other = [a = 2]; self = [a = 3]]", Syntax.NEW);
    for (String text : List.of("other.a", "self.a", "MY.a", "TARGET.a", "other.a + self.a")) {
      check(new Case(Parser.expression(text, Syntax.NEW), my, null), text);
      check(new Case(Parser.expression(text, Syntax.NEW), my, my), text);
    }
  }

  @Test
  void allFormsAgreeOnRandomTrees() {
    int rounds = Rounds.of(600);
    Rounds.announce("parity of random trees", rounds);
    for (int round = 0; round < rounds; round++) {
      RandomTrees trees = new RandomTrees(Rounds.random(round));
      Attributes my = Kept.attributes(trees.ad(3));
      Attributes target = round % 2 == 0 ? null : Kept.attributes(trees.ad(3));
      check(new Case(trees.expression(4), my, target), Rounds.name(round));
    }
  }

  @Test
  void theIndexAndTheMatcherAnswerAsTryingEachAdDoes() throws ClassAdSyntaxException {
    int rounds = Rounds.of(3);
    Rounds.announce("index and matcher", rounds);
    int hits = 0;
    int tried = 0;
    for (int round = 0; round < rounds; round++) {
      RandomGenerator random = Rounds.random(round);
      RandomTexts texts = new RandomTexts(random);
      List<ClassAd> ads = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        ads.add(withRequirements(texts));
      }
      AdIndex<ClassAd> index = AdIndex.of(ads);
      for (int i = 0; i < 10; i++) {
        Expression constraint = Expression.parse(texts.truth(random.nextInt(1, 4)));
        List<ClassAd> wanted =
            ads.stream().filter(ad -> constraint.evaluate(ad, CLOCK).isTrue()).toList();
        assertThat(index.where(constraint, CLOCK))
            .as("%s where %s", Rounds.name(round), constraint)
            .isEqualTo(wanted);
        Matcher matcher = Matcher.of(withRequirements(texts), CLOCK);
        List<ClassAd> matches =
            ads.stream().filter(ad -> Match.matches(matcher.ad(), ad, CLOCK)).toList();
        assertThat(index.matching(matcher))
            .as("%s matching %s", Rounds.name(round), matcher.ad())
            .isEqualTo(matches);
        hits += wanted.size() + matches.size();
        tried += 2 * ads.size();
      }
    }

    assertThat(hits).as("of %d", tried).isBetween(tried / 50, tried * 9 / 10);
  }

  private static ClassAd withRequirements(RandomTexts texts) throws ClassAdSyntaxException {
    return ClassAd.parse(texts.ad()).toBuilder()
        .putExpression("Requirements", texts.truth(3))
        .build();
  }

  private static Attributes attributes(String text, Syntax syntax) throws ParseException {
    if (text.isEmpty()) {
      return Attributes.NONE;
    }
    return Kept.attributes(syntax == Syntax.OLD ? Parser.lines(text, Syntax.OLD) : Parser.ad(text));
  }

  /** The value, which all forms came to. */
  private static String check(Case one, String name) {
    Map<String, String> byForm = new LinkedHashMap<>();
    byForm.put("program", outcome(Formula.of(one.node), one.scope(), Formula::read));
    Attributes mine = INTERPRETER.attributes(one.my);
    Scope walked =
        one.target == null
            ? Scope.of(mine)
            : Scope.matched(mine, INTERPRETER.attributes(one.target));
    byForm.put("tree", outcome(INTERPRETER.program(one.node), walked, INTERPRETER::read));
    if (one.target != null) {
      Formula flat = Flattener.flatten(Formula.of(one.node), one.my);
      byForm.put("flattened", outcome(flat, one.scope(), Formula::read));
      byForm.put("printed when flattened", reread(flat.node(), one));
    }
    byForm.put("printed", reread(one.node, one));

    if (byForm.containsValue(OUT_OF_STEPS)) {
      return OUT_OF_STEPS; // other forms, that have other nodes, may just do with the steps
    }
    assertThat(byForm.values().stream().distinct().count())
        .as("%s: %s: %s", name, one, byForm)
        .isEqualTo(1);
    return byForm.getOrDefault("program", "");
  }

  private static String reread(Node node, Case one) {
    try {
      Node again = Parser.expression(Printer.print(node, Style.LINE), Syntax.NEW);
      return outcome(Formula.of(again), one.scope(), Formula::read);
    } catch (ParseException e) {
      return "unreadable: " + e.getMessage();
    }
  }

  private static String outcome(Program program, Scope scope, Evaluation.Reader reader) {
    Evaluation evaluation = new Evaluation(scope, CLOCK, reader, STEPS);
    try {
      return ValueText.of(evaluation.run(program, scope), evaluation);
    } catch (AbortException _) {
      return evaluation.steps() > STEPS ? OUT_OF_STEPS : "aborted";
    }
  }
}
