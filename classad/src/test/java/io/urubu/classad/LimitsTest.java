package io.urubu.classad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.urubu.classad.limit.Limits;
import java.util.ArrayList;
import java.util.List;
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
    ClassAd ad = ClassAd.builder().put("s", "a ".repeat(1 << 19)).build();

    assertThat(reason("size(strcat(s, s, s))", ad)).contains("a string of more than 2097152");
    assertThat(reason("size(join(s, s, s, s))", ad)).contains("a string of more than 2097152");
    assertThat(reason("size(replaceAll(\"a\", substr(s, 0, 10000), s))", ad))
        .contains("a string of more than 2097152");
    assertThat(reason("size(split(s))", ad)).contains("strings and lists of more than 8388608");
    assertThat(reason("size(toUpper(s))" + " + size(toLower(s))".repeat(10), ad))
        .contains("more than 2000000 steps");
  }

  @Test
  void theTextOfAnAdIsWorkAndMayNotBeTooLong() throws ClassAdSyntaxException {
    ClassAd half = ClassAd.builder().put("s", "a".repeat(1 << 20)).build();
    ClassAd large = ClassAd.builder().put("s", "a".repeat(5 << 20)).build();

    assertThat(reason("0" + " + strcmp(\"x\", MY)".repeat(100), half))
        .contains("more than 2000000 steps");
    assertThat(reason("strcmp(\"x\", MY)", large)).contains("a string of more than 2097152");
  }

  @Test
  void manyDelimitersAndManyItemsThatCollideTakeNoLonger() throws ClassAdSyntaxException {
    StringBuilder colliding = new StringBuilder();
    for (int i = 0; i < 1 << 14; i++) {
      for (int bit = 0; bit < 14; bit++) {
        colliding.append((i >> bit & 1) == 0 ? "Aa" : "BB"); // the same hash
      }
      colliding.append(',');
    }
    ClassAd ad =
        ClassAd.builder()
            .put("text", "a".repeat(1 << 20))
            .put("delimiters", ",".repeat(1 << 20))
            .put("colliding", colliding.toString())
            .build();

    assertThat(Expression.parse("size(split(text, delimiters))").evaluate(ad))
        .isEqualTo(new Value.Whole(1));
    assertThat(Expression.parse("stringListSize(text, delimiters)").evaluate(ad))
        .isEqualTo(new Value.Whole(1));
    assertThat(Expression.parse("stringListsIntersect(colliding, colliding)").evaluate(ad))
        .isEqualTo(new Value.Bool(true));
  }

  /** A thread of a daemon is a few calls away from the end of its stack. */
  @Test
  void whatNestsAtTheLimitNeedsLittleOfTheCallersStack() throws Exception {
    List<String> texts =
        List.of(
            "(".repeat(990) + "1" + ")".repeat(990),
            "(1||1&&1|1^1&1==1<1<<1+1*".repeat(990) + "1" + ")".repeat(990),
            "{".repeat(990) + "}".repeat(990),
            "[a = ".repeat(990) + "1" + "]".repeat(990),
            "-+".repeat(490) + "1",
            "x" + "[1]".repeat(990),
            "1 ? ".repeat(990) + "1" + " : 1".repeat(990),
            "f(".repeat(990) + ")".repeat(990));
    List<String> problems = new ArrayList<>();
    Thread small = new Thread(null, () -> useAll(texts, problems), "small stack", 400 << 10);
    small.start();
    small.join(60_000);

    assertThat(problems).isEmpty();
    assertThat(small.isAlive()).isFalse();
  }

  private static void useAll(List<String> texts, List<String> problems) {
    for (String text : texts) {
      try {
        Expression expression = Expression.parse(text);
        ClassAd ad = ClassAd.builder().put("e", expression).build();
        ad.value("e");
        expression.flatten(ad).evaluate(ad);
        expression.attributesRead();
        if (!ClassAd.parse(ad.toString()).equals(ad) || ad.toLines().isEmpty()) {
          problems.add("not the same: " + text.substring(0, 20));
        }
      } catch (ClassAdSyntaxException | StackOverflowError e) {
        problems.add(e + ": " + text.substring(0, 20));
      }
    }
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
