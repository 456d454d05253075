package io.urubu.classad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.urubu.classad.limit.Limits;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is too large is refused or aborted, and says so. */
@Tag("unit")
class LimitsTest {
  @Test
  void anExpressionOfTenMegabytesIsRefusedByItsSize() {
    String text = "(".repeat(10 << 20);

    assertThat(problemOf(text))
        .isEqualTo("an expression of 10485760 characters, allowed are " + Limits.EXPRESSION_CHARS);
  }

  @Test
  void anAdOfTenMegabytesIsRefusedByItsSizeInBothForms() {
    String value = "\"" + "x".repeat(10 << 20) + "\"";

    assertThat(problemOfAd("[a = " + value + "]"))
        .isEqualTo("an ad of 10485768 characters, allowed are " + Limits.AD_CHARS);
    assertThat(problemOfAd("a = " + value)).startsWith("an ad of 10485766 characters");
  }

  @Test
  void whatIsSmallEnoughMayNotHaveTooManyParts() {
    String one = "1" + ",1".repeat(Limits.EXPRESSION_CHARS / 2 - 10);
    String attributes =
        IntStream.rangeClosed(0, Limits.ATTRIBUTES)
            .mapToObj(i -> "a" + i + " = 1")
            .collect(Collectors.joining(";", "[", "]"));
    String lines = "a = " + "!".repeat(500) + "1\n";

    assertThat(problemOf("{" + one + "}")).contains("more than 1000000 words and signs");
    assertThat(problemOfAd(attributes)).contains("an ad of more than 10000 attributes");
    assertThat(problemOfAd(attributes.substring(1, attributes.length() - 1).replace(';', '\n')))
        .contains("an ad of more than 10000 attributes");
    assertThat(problemOfAd(lines.repeat(2100))).contains("more than 1000000 words and signs");
  }

  @Test
  void stringsAndListsThatGrowAreAborted() throws ClassAdSyntaxException {
    ClassAd ad = ClassAd.builder().put("s", "a ".repeat(1 << 20)).build();

    assertThat(reason("size(strcat(s, s, s))", ad)).contains("a string of more than 4194304");
    assertThat(reason("size(join(s, s, s, s))", ad)).contains("a string of more than 4194304");
    assertThat(reason("size(replaceAll(\"a\", substr(s, 0, 10000), s))", ad))
        .contains("a string of more than 4194304");
    assertThat(reason("size(split(s))", ad)).contains("strings and lists of more than 16777216");
    assertThat(reason("size(toUpper(s))" + " + size(toLower(s))".repeat(10), ad))
        .contains("strings and lists of more than 16777216");
  }

  private static String reason(String expression, ClassAd ad) throws ClassAdSyntaxException {
    return switch (Expression.parse(expression).evaluate(ad)) {
      case Value.Aborted(String reason) -> reason;
      case Value other -> "not aborted: " + other;
    };
  }

  private static String problemOf(String expression) {
    return message(
        catchThrowableOfType(ClassAdSyntaxException.class, () -> Expression.parse(expression)));
  }

  private static String problemOfAd(String ad) {
    return message(catchThrowableOfType(ClassAdSyntaxException.class, () -> ClassAd.parse(ad)));
  }

  private static String message(@Nullable ClassAdSyntaxException problem) {
    return problem == null ? "no problem" : String.valueOf(problem.getMessage());
  }
}
