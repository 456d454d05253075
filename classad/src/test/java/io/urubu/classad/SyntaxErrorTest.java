package io.urubu.classad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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

  private static String messageFor(String text) {
    ClassAdSyntaxException problem =
        catchThrowableOfType(ClassAdSyntaxException.class, () -> Expression.parse(text));
    return problem == null ? "no problem" : String.valueOf(problem.getMessage());
  }
}
