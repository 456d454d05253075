package io.urubu.classad;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.ast.Node;
import io.urubu.classad.parse.ParseException;
import io.urubu.classad.parse.Parser;
import io.urubu.classad.parse.Syntax;
import io.urubu.classad.plan.Kept;
import io.urubu.classad.print.Printer;
import io.urubu.classad.print.Style;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random trees and texts; SEED= in the environment replays a run. */
@Tag("unit")
class RoundTripTest {
  private static final int TREES = Rounds.of(400);
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1_000_000));

  private final long seed = Rounds.seed();

  @Test
  void whatIsNoNumberAndWhatIsTooLongForATimeReadsBack() throws ClassAdSyntaxException {
    for (String text : List.of("- 5e999", "-5e999", "relTime(\"24855d\")")) {
      String printed = Expression.parse(text).toString();
      assertThat(Expression.parse(printed)).as(text).hasToString(printed);
    }
    assertThat(Expression.parse("relTime(\"9999999999999999999\")").toString()).isEqualTo("1E+19");
    assertThat(Expression.parse("'a\\\\b'.c").toOldString()).isEqualTo("'a\\b'.c");
  }

  @Test
  void aTreeInOneLineReadsBackToTheSameTree() throws ParseException {
    RandomTrees trees = new RandomTrees(random());
    for (int i = 0; i < TREES; i++) {
      Node tree = trees.expression(4);
      String text = Printer.print(tree, Style.LINE);
      Node again = Parser.expression(text, Syntax.NEW);

      assertThat(shape(again)).as("SEED=%d tree %d: %s", seed, i, text).isEqualTo(shape(tree));
    }
  }

  @Test
  void aTreeInTheLongFormReadsBackToTheSameText() throws ParseException {
    RandomTrees trees = new RandomTrees(random());
    for (int i = 0; i < TREES; i++) {
      String text = Printer.print(trees.expression(4), Style.LONG);
      Node again = Parser.expression(text, Syntax.OLD);

      assertThat(Printer.print(again, Style.LONG)).as("SEED=%d tree %d", seed, i).isEqualTo(text);
    }
  }

  @Test
  void evaluationEndsInAValueThatBothFormsShare() throws ClassAdSyntaxException {
    RandomTrees trees = new RandomTrees(random());
    for (int i = 0; i < TREES; i++) {
      ClassAd my = new ClassAd(Kept.attributes(trees.ad(3)));
      ClassAd target = new ClassAd(Kept.attributes(trees.ad(3)));
      Node tree = trees.expression(4);
      Expression line = Expression.parse(Printer.print(tree, Style.LINE));
      Expression old = Expression.parseOld(Printer.print(tree, Style.LONG));

      assertThat(shown(old.evaluate(my, target, CLOCK)))
          .as("SEED=%d tree %d: %s", seed, i, line)
          .isEqualTo(shown(line.evaluate(my, target, CLOCK)));
      assertThat(ClassAd.parse(my.toString())).as("SEED=%d ad %d", seed, i).isEqualTo(my);
    }
  }

  @Test
  void garbageIsRefusedOrRead() {
    RandomGenerator random = random();
    String alphabet = "ab1.0\"'\\[]{}()=?!<>&|+-*/%~^;:, \n\té\0$@ei";
    for (int i = 0; i < TREES * 5; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(20); j > 0; j--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        Expression expression = Expression.parse(text.toString());
        assertThat(Expression.parse(expression.toString())).hasToString(expression.toString());
      } catch (ClassAdSyntaxException e) {
        assertThat(e).as("SEED=%d text %d", seed, i).hasMessageContaining("^");
      }
    }
  }

  private RandomGenerator random() {
    return new SplittableRandom(seed);
  }

  /** The tree without its places; the records print everything else. */
  private static String shape(Node node) {
    return node.toString().replaceAll("span=Span\\[start=\\d+, end=\\d+\\]", "");
  }

  /** Lists and ads keep the text that they were written as, which differs between the forms. */
  private static String shown(Value value) {
    return switch (value) {
      case Value.Nested(ClassAd ad) -> "ad of " + ad.size();
      case Value.Items items -> "list of " + items.items().size();
      case Value.Failed _ -> "error";
      default -> value.toString();
    };
  }
}
