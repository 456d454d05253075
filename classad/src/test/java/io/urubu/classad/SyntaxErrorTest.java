package io.urubu.classad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class SyntaxErrorTest {
  @Test
  void showsPlaceLineAndWhatCouldStandThere() {
    assertThat(messageFor("a + b)"))
        .isEqualTo(
            "1:6: unexpected ')', expected an operator or the end (no bracket is open here)\n"
                + "  a + b)\n       ^");
    assertThat(messageFor("(a +\n  * b)"))
        .isEqualTo(
            "2:3: unexpected '*', expected a value, a name or '(' ('+' at 1:4 has nothing on its"
                + " right side)\n    * b)\n    ^");
    assertThat(messageFor("strcat(\"a\", \"b"))
        .isEqualTo(
            "1:13: a string that does not end, expected \"\n  strcat(\"a\", \"b\n              ^");
  }

  @Test
  void countsTheLinesOfAnAdInLines() {
    ClassAdSyntaxException problem =
        catchThrowableOfType(
            ClassAdSyntaxException.class, () -> ClassAd.parse("A = 1\n\nB = 1 +\nC = 2\n"));

    assertThat(problem.line()).isEqualTo(3);
    assertThat(problem).hasMessageStartingWith("3:8: unexpected end");
  }

  @Test
  void refusesANulAlsoBehindABackslash() {
    assertThat(messageFor("\"x\0\"")).contains("a NUL in a string");
    assertThat(messageFor("\"x\\\0\"")).contains("a NUL in a string");
    assertThat(messageFor("\"x\\0\"")).contains("a NUL in a string");
  }

  @Test
  void cutsLongLines() {
    String message = messageFor("1 + ".repeat(1000) + ")");

    assertThat(message.length()).isLessThan(400);
    assertThat(message).contains("...").endsWith("^");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[a=", "{", "-", "!", "f(", "x[", "x ? 1 : ", "x.a"})
  void refusesWhatIsNestedTooDeep(String piece) {
    String text = piece.equals("x.a") ? "x" + ".a".repeat(2000) : piece.repeat(2000);

    assertThat(messageFor(text)).contains("nested deeper than 1000 levels");
  }

  /** Whatever is wrong, the place is in the text and the message ends with a caret below it. */
  @Test
  void everyDamagedTextHasAPlaceAndAPicture() throws IOException {
    long seed = Long.parseLong(System.getenv().getOrDefault("SEED", "1"));
    System.out.println("SEED=" + seed);
    RandomGenerator random = new Random(seed);
    List<GoldenTables.Row> rows = GoldenTables.readOwn("corpus.tsv");
    int refused = 0;
    for (int i = 0; i < 10_000; i++) {
      String text = damaged(rows.get(random.nextInt(rows.size())).get("expression"), random);
      ClassAdSyntaxException problem =
          catchThrowableOfType(
              ClassAdSyntaxException.class,
              random.nextBoolean()
                  ? () -> Expression.parse(text, "x")
                  : () -> ClassAd.parse(text, "x"));
      if (problem != null) {
        refused++;
        String[] lines = text.split("\n", -1);
        assertThat(problem.line()).as(text).isBetween(1, lines.length);
        String line = lines[problem.line() - 1];
        assertThat(problem.column())
            .as(text)
            .isBetween(1, line.codePointCount(0, line.length()) + 1);
        assertThat(problem)
            .hasMessageStartingWith(
                "x:%d:%d: %s\n".formatted(problem.line(), problem.column(), problem.problem()))
            .hasMessageEndingWith("^");
        assertThat(String.valueOf(problem.getMessage()).lines()).as(text).hasSize(3);
      }
    }
    assertThat(refused).isGreaterThan(3000);
  }

  private static String damaged(String text, RandomGenerator random) {
    String pieces = "=<>!&|()[]{}\"'.,;:?\\\n #0aé\u201C\uD83D\uDE00\u0000/*-+";
    StringBuilder damaged = new StringBuilder(text);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(damaged.length() + 1);
      int end = Math.min(damaged.length(), at + random.nextInt(4));
      int from = random.nextInt(pieces.length());
      damaged.replace(at, end, random.nextBoolean() ? "" : pieces.substring(from, from + 1));
    }
    return damaged.toString();
  }

  private static String messageFor(String text) {
    ClassAdSyntaxException problem =
        catchThrowableOfType(ClassAdSyntaxException.class, () -> Expression.parse(text));
    return problem == null ? "no problem" : String.valueOf(problem.getMessage());
  }
}
