package io.urubu.classad;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a daemon may be sent to keep it busy: it ends, soon. */
@Tag("unit")
class HostileTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1));
  private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();

  /** Ten times what the worst took, for a machine that is slower or busy. */
  private static final long NANOS = 8_000_000_000L;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          doubling ~ d21 ~ 1
          unknown functions ~ stringListRegexpIMemberOfNothingAtAll123(1) =?= 1 ~ 20000
          catastrophic patterns ~ regexp("(a+)+$", long) =?= 1 ~ 100
          patterns that are compiled ~ regexp("(?:[a-z]x|[b-y]){500}", "q") =?= 1 ~ 20000
          nested repeats ~ regexp("(?:(?:(?:a?){30}){30}){10}b", long) =?= 1 ~ 100
          back references ~ regexp("(a*)*\\\\1(a*)*\\\\1b", long) =?= 1 ~ 100
          comparing texts of lists ~ strcmp("x", many) ~ 20000
          comparing texts of ads ~ strcmp("x", MY) ~ 20000
          upper and lower ~ size(toUpper(toLower(text))) ~ 1000
          joining ~ size(join(text, text, "a", text)) ~ 1000
          replacing ~ size(replaceAll("a", text, "bb")) ~ 1000
          splitting ~ size(split(text)) ~ 1000
          """)
  void ends(String what, String expression, int times) throws ClassAdSyntaxException {
    bounded(what, expression, times);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          string lists ~ stringListIMember("z", text) + stringListSize(text) ~ 1000
          sums of string lists ~ stringListSum(numbers) ~ 1000
          members ~ sum(many) + (member(-1, many) ? 1 : 0) ~ 1000
          members of members ~ size(evalInEachContext(member(-1, many), ads)) ~ 1000
          numbers in text ~ int(blanks) =?= 1 ~ 1000
          powers ~ pow(blanks, blanks) =?= 1 ~ 1000
          versions ~ versioncmp(numbers, numbers) ~ 1000
          contexts ~ size(evalInEachContext(size(ads.x), ads)) ~ 1000
          texts that are evaluated ~ eval(sum1000) ~ 20000
          texts of other letters ~ size(substr(letters, 1)) ~ 1000
          written attributes ~ size(unparse(many)) ~ 1000
          """)
  void endsOverLists(String what, String expression, int times) throws ClassAdSyntaxException {
    bounded(what, expression, times);
  }

  private static void bounded(String what, String expression, int times)
      throws ClassAdSyntaxException {
    ClassAd ad = ad();
    Expression hostile = Expression.parse(expression + (" + " + expression).repeat(times - 1));
    long before = THREAD.getCurrentThreadCpuTime();
    Value value = hostile.evaluate(ad, CLOCK);
    long nanos = THREAD.getCurrentThreadCpuTime() - before;
    if (Rounds.of(1) > 1) {
      System.out.printf("hostile: %-30s %5d ms %.60s%n", what, nanos / 1_000_000, value);
    }

    assertThat(nanos).as("%s: %s", what, value).isLessThan(NANOS);
  }

  private static ClassAd ad() throws ClassAdSyntaxException {
    ClassAd.Builder ad = ClassAd.builder();
    ad.put("d0", 1);
    for (int i = 1; i <= 21; i++) {
      ad.putExpression("d" + i, "d" + (i - 1) + " + d" + (i - 1));
    }
    return ad.put("long", "a".repeat(200) + "!")
        .put("text", "ab, ".repeat(1 << 16))
        .put("numbers", "1.5,".repeat(1 << 16))
        .put("blanks", " ".repeat(1 << 20))
        .put("letters", "é".repeat(1 << 19))
        .put("sum1000", "1" + " + 1".repeat(1000))
        .putExpression(
            "many", Collections.nCopies(20_000, "1").toString().replace('[', '{').replace(']', '}'))
        .putExpression(
            "ads",
            Collections.nCopies(2000, "[x = 1]")
                .toString()
                .substring(1)
                .replace("]]", "]")
                .transform(text -> "{" + text + "}"))
        .build();
  }
}
