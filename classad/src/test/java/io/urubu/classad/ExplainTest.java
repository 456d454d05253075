package io.urubu.classad;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.explain.Explanation;
import io.urubu.classad.explain.MatchExplanation;
import io.urubu.classad.explain.Outcome;
import io.urubu.classad.explain.Reading;
import io.urubu.classad.explain.Side;
import io.urubu.classad.print.Printer;
import io.urubu.classad.print.Style;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
final class ExplainTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1700000000));

  private static final String JOB =
      """
      [Owner = "alice"; MemoryUsage = 3000;
       RequestMemory = ifThenElse(MemoryUsage =!= undefined, MemoryUsage + 1096, 128);
       Requirements = TARGET.Arch == "X86_64" && (TARGET.Memory >= RequestMemory
         && TARGET.HasDocker) && (TARGET.OpSys == "WINDOWS" || !HasGui)]""";

  private static final String MACHINE =
      """
      [Arch = "X86_64"; OpSys = "LINUX"; Memory = 2048; HasGui = true; KeyboardIdle = 3;
       Nice = {"bob"}; START = KeyboardIdle > 15 * 60 || member(TARGET.Owner, Nice);
       Requirements = START && TARGET.RequestMemory < 10000]""";

  @Test
  void tellsWhichConditionsFailOnBothSidesAndWithWhichValues() throws Exception {
    MatchExplanation why = Match.explain(ClassAd.parse(JOB), ClassAd.parse(MACHINE), CLOCK);

    assertThat(why.matches()).isFalse();
    assertThat(why.left().toText())
        .isEqualTo(
            """
            false      MY.Requirements
              false      all of these 4
                true       TARGET.Arch == "X86_64"  (MY.Requirements:1)
                             TARGET.Arch is "X86_64"
                false      TARGET.Memory >= RequestMemory  (MY.Requirements:29)
                             TARGET.Memory is 2048
                             MY.RequestMemory is 4096, from ifThenElse(MemoryUsage =!= undefined, MemoryUsage + 1096, 128)
                               MY.MemoryUsage is 3000
                undefined  TARGET.HasDocker  (MY.Requirements:63)
                             TARGET.HasDocker is not there
                false      any of these 2
                  false      TARGET.OpSys == "WINDOWS"  (MY.Requirements:85)
                               TARGET.OpSys is "LINUX"
                  false      !HasGui  (MY.Requirements:114)
                               TARGET.HasGui is true
            """);
  }

  @Test
  void followsNamesIntoTheirDefinitionsOnTheOtherSide() throws Exception {
    MatchExplanation why = Match.explain(ClassAd.parse(JOB), ClassAd.parse(MACHINE), CLOCK);

    assertThat(why.right().toText())
        .isEqualTo(
            """
            false      MY.Requirements
              false      all of these 2
                false      START  (MY.Requirements:1)
                  false      any of these 2
                    false      KeyboardIdle > 15 * 60  (MY.START:1)
                                 MY.KeyboardIdle is 3
                    false      member(TARGET.Owner, Nice)  (MY.START:27)
                                 TARGET.Owner is "alice"
                                 MY.Nice is {"bob"}
                true       TARGET.RequestMemory < 10000  (MY.Requirements:10)
                             TARGET.RequestMemory is 4096, from ifThenElse(MemoryUsage =!= undefined, MemoryUsage + 1096, 128)
                               TARGET.MemoryUsage is 3000
            """);
    assertThat(why.right().culprits())
        .extracting(part -> part.condition().place())
        .containsExactly("MY.START:1", "MY.START:27");
  }

  @Test
  void theCulpritsAreTheConditionsToBlame() throws Exception {
    ClassAd ad =
        ClassAd.parse("[a = false; b = c && (d || e == 3); c = true; e = 4; f = b ? true : a]");

    Explanation why = Expression.parse("c && f").explain(ad, CLOCK);

    assertThat(why.culprits())
        .extracting(part -> part.condition().text())
        .containsExactly("d", "e == 3");
    assertThat(Expression.parse("c || d").explain(ad, CLOCK).culprits()).isEmpty();
    assertThat(Expression.parse("!c").explain(ad, CLOCK).culprits())
        .extracting(part -> part.condition().text())
        .containsExactly("!c");
  }

  @Test
  void saysWhyThereIsAnErrorOrNoEnd() throws Exception {
    ClassAd ad = ClassAd.parse("[a = b; b = a; name = \"x\"]");

    assertThat(Expression.parse("name == 3 || a").explain(ad, CLOCK).toText())
        .isEqualTo(
            """
            error      any of these 2
              error      name == 3
                           a string == an integer
                           MY.name is "x"
              aborted    a  - not reached
                aborted    b  (MY.a:1)
                  aborted    a  (MY.b:1)
                               a cycle, or more than 400 attributes in a row, at a
                               MY.a is aborted: a cycle, or more than 400 attributes in a row, at a, from b
                                 MY.b is aborted: a cycle, or more than 400 attributes in a row, at a, from a
            """);
    assertThat(Expression.parse("name").explain(ad, CLOCK).verdict().value())
        .isEqualTo("a string where true or false is needed");
  }

  @Test
  void missingRequirementsAreSaidToBeMissing() {
    MatchExplanation why = Match.explain(ClassAd.empty(), ClassAd.empty(), CLOCK);

    assertThat(why.left().verdict().outcome()).isEqualTo(Outcome.UNDEFINED);
    assertThat(why.left().readings())
        .containsExactly(new Reading(Side.MY, "Requirements", false, "undefined", "", List.of()));
    assertThat(why.left().toText())
        .isEqualTo(
            """
            undefined  MY.Requirements
                         MY.Requirements is not there
            """);
  }

  @Test
  void anAttributeIsFollowedOnceHoweverManyWaysLeadToIt() throws Exception {
    StringBuilder ad = new StringBuilder("[a100 = false == true");
    for (int i = 0; i < 100; i++) {
      ad.append("; a%d = a%d || a%d".formatted(i, i + 1, i + 1));
    }

    Explanation why = Expression.parse("a0").explain(ClassAd.parse(ad + "]"), CLOCK);

    assertThat(why.toText().lines().count()).isLessThan(1000);
    assertThat(why.culprits()).isNotEmpty();
  }

  @Test
  void deepConditionsAreTakenApartAsFarAsAnybodyReads() throws Exception {
    Explanation why =
        Expression.parse("!(a || ".repeat(300) + "true" + ")".repeat(300))
            .explain(ClassAd.empty(), CLOCK);

    assertThat(why.verdict().outcome()).isEqualTo(Outcome.UNDEFINED);
    assertThat(why.toText().lines().count()).isLessThan(300);
  }

  @Test
  void manyHeavyConditionsEndInTime() throws Exception {
    String heavy = "size(evalInEachContext(sum(l) > 0, l)) == 1";
    ClassAd ad = ClassAd.builder().put("l", Collections.nCopies(2000, "x")).build();
    long start = System.nanoTime();

    Explanation why = Expression.parse(heavy + (" && " + heavy).repeat(2000)).explain(ad, CLOCK);

    assertThat(why.parts()).hasSize(2001);
    assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
  }

  /** What parts come to makes up what the whole comes to, whatever the expression. */
  @Test
  void anExplanationAgreesWithItselfAndWithTheEvaluation() throws Exception {
    long seed = Long.parseLong(System.getenv().getOrDefault("SEED", "1"));
    System.out.println("SEED=" + seed);
    RandomTrees trees = new RandomTrees(new Random(seed));
    List<String> wrong = new ArrayList<>();

    for (int i = 0; i < 200; i++) {
      ClassAd my = ClassAd.parse(Printer.print(trees.ad(3), Style.LINE));
      ClassAd target = ClassAd.parse(Printer.print(trees.ad(3), Style.LINE));
      Expression expression = Expression.parse(Printer.print(trees.expression(5), Style.LINE));
      Explanation why = expression.explain(my, target, CLOCK);
      if (why.holds() != expression.evaluate(my, target, CLOCK).isTrue() || !agrees(why)) {
        wrong.add(expression + " in " + my + " with " + target + "\n" + why.toText());
      }
    }

    assertThat(wrong).as("SEED=" + seed).isEmpty();
  }

  private static boolean agrees(Explanation why) {
    List<Outcome> parts =
        why.parts().stream()
            .filter(part -> part.verdict().reached())
            .map(part -> part.verdict().outcome())
            .toList();
    Outcome whole = why.verdict().outcome();
    boolean right =
        switch (why.kind()) {
          case ALL -> whole == joined(parts, Outcome.FALSE, Outcome.TRUE);
          case ANY -> whole == joined(parts, Outcome.TRUE, Outcome.FALSE);
          case NAME -> whole == parts.getFirst() || whole == Outcome.ABORTED;
          case NOT, CHOICE, TERM -> true;
        };
    return right && why.parts().stream().allMatch(ExplainTest::agrees);
  }

  private static Outcome joined(List<Outcome> parts, Outcome deciding, Outcome neutral) {
    Outcome last = parts.getLast();
    if (last == deciding || last == Outcome.ERROR || last == Outcome.ABORTED) {
      return last;
    }
    return parts.contains(Outcome.UNDEFINED) ? Outcome.UNDEFINED : neutral;
  }
}
