package io.urubu.classad;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.explain.Explanation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is cheap once and sent a hundred thousand times, or prepared where no steps are counted. */
@Tag("unit")
@Timeout(20)
class ManySmallPartsTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1));
  private static final Duration SOON = Duration.ofSeconds(6);

  @Test
  void definitionsThatStayAsTheyAreArePutInOnlyWhileTheyAreSmall() throws ClassAdSyntaxException {
    String text = "eval(strcat(\"1\"" + ", \"\"".repeat(50_000) + "))";
    String list = "size({x" + ", x".repeat(50_000) + "})";
    String ad = "size([a0 = x" + "; a = x".repeat(3) + deep("b", 9000) + "])";
    for (String definition : List.of(text, list, ad)) {
      ClassAd job =
          ClassAd.builder()
              .putExpression("Big", definition)
              .putExpression("Requirements", "x || Big > 0" + " || Big > 0".repeat(6000))
              .build();

      Matcher matcher = soon(() -> Matcher.of(job, CLOCK));

      assertThat(matcher.accepts(ClassAd.empty())).isTrue();
      assertThat(matcher.requirements().orElseThrow().toString()).hasSizeLessThan(2_000_000);
    }
  }

  private static String deep(String name, int count) {
    StringBuilder fields = new StringBuilder();
    for (int i = 0; i < count; i++) {
      fields.append("; ").append(name).append(i).append(" = x + 1");
    }
    return fields.toString();
  }

  @Test
  void aLongStringIsNotPutInWhereverItIsNamed() throws ClassAdSyntaxException {
    ClassAd job =
        ClassAd.builder()
            .put("Long", "a".repeat(1 << 20))
            .putExpression("Requirements", "y == Long" + " || y == Long".repeat(5000))
            .build();

    assertThat(Matcher.of(job, CLOCK).requirements().orElseThrow().toString())
        .hasSizeLessThan(1 << 20);
  }

  @Test
  void manyDeepOperandsTakeNoStackEach() throws Exception {
    String deep = "!(".repeat(254) + "0 + x" + " + (x ?: 0)".repeat(120_000) + ")".repeat(254);
    Expression expression = soon(() -> Expression.parse(deep));

    assertThat(soon(() -> expression.evaluate(ClassAd.empty(), CLOCK))).isNotNull();
  }

  @Test
  void manyDeepItemsTakeNoStackEach() throws Exception {
    for (int levels : List.of(63, 255)) { // where reading and where writing needs a fresh stack
      String deep = "{".repeat(levels) + "1" + ", (1)".repeat(200_000) + "}".repeat(levels);
      Expression expression = soon(() -> Expression.parse(deep));

      assertThat(soon(expression::toString)).hasSameSizeAs(deep);
    }
  }

  @Test
  void conditionsThatNestInDefinitionsLeaveTheCallersStackAlone() throws Exception {
    ClassAd.Builder job = ClassAd.builder();
    for (int i = 0; i < 29; i++) {
      String inner = i == 28 ? "TARGET.x > 1" : "d" + (i + 1);
      job.putExpression(
          "d" + i, "(TARGET.a > 1 && (TARGET.b > 1 || ".repeat(150) + inner + "))".repeat(150));
    }
    Matcher matcher = Matcher.of(job.putExpression("Requirements", "d0").build(), CLOCK);
    AdIndex<ClassAd> index = AdIndex.of(numbered(100));
    List<Throwable> thrown = new ArrayList<>();
    List<ClassAd> found = new ArrayList<>();
    Thread small =
        new Thread(null, () -> index.matching(matcher).forEach(found::add), "small", 256 << 10);
    small.setUncaughtExceptionHandler((_, e) -> thrown.add(e));

    small.start();
    small.join();

    assertThat(thrown).isEmpty();
    assertThat(found).isEmpty();
  }

  private static List<ClassAd> numbered(int count) {
    List<ClassAd> ads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ads.add(ClassAd.builder().put("number", i).put("z", false).build());
    }
    return ads;
  }

  @Test
  void anExplanationDoesNotTellALargeValueForEachCondition() throws Exception {
    ClassAd ad =
        ClassAd.parse(
            "[l = {1" + ", 1".repeat(200_000) + "}; s = \"" + "a".repeat(1 << 20) + "\"]");
    String term = "size(l) > 0 && size(s) > 0";

    Explanation why =
        soon(() -> Expression.parse(term + (" && " + term).repeat(2000)).explain(ad, CLOCK));

    assertThat(why.toText()).hasSizeLessThan(5_000_000);
    assertThat(why.parts().getFirst().readings().getFirst().value()).hasSizeLessThan(20_000);
  }

  @Test
  void anExplanationOfVeryManyConditionsIsOneOfTheWhole() throws Exception {
    Expression many = Expression.parse("\"→\" != x" + " || x".repeat(200_000));

    assertThat(soon(() -> many.explain(ClassAd.empty(), CLOCK)).parts()).isEmpty();
  }

  @Test
  void contextsThatAreNoneAreWork() throws Exception {
    ClassAd ad = ClassAd.parse("[l = {1" + ", 1".repeat(50_000) + "}]");
    Expression many = Expression.parse("0" + " + countMatches(true, l)".repeat(50_000));

    assertThat(soon(() -> many.evaluate(ad, CLOCK))).isInstanceOf(Value.Aborted.class);
  }

  /** Names with neighbouring hashes fill a row of places, of which none is far from its own. */
  @Test
  void namesThatWereChosenToStandInARowAreFoundAsFastAsAny() throws Exception {
    int size = 8000;
    Set<Integer> places = new LinkedHashSet<>();
    StringBuilder ad = new StringBuilder("[a = 1");
    for (int i = 0; places.size() < size; i++) {
      int hash = ("n" + i).hashCode();
      int place = (hash ^ (hash >>> 15)) & 0x3fff;
      if (place < size && places.add(place)) {
        ad.append("; n").append(i).append(" = 1");
      }
    }
    int missing = 0;
    while (true) {
      int hash = ("m" + missing).hashCode();
      if (((hash ^ (hash >>> 15)) & 0x3fff) == 0) {
        break;
      }
      missing++;
    }
    ad.append("; inner = [x = {m").append(missing);
    ad.append((", m" + missing).repeat(150_000)).append("}]]");
    ClassAd hostile = ClassAd.parse(ad.toString());
    Expression expression = Expression.parse("sum(inner.x)" + " + sum(inner.x)".repeat(3));

    assertThat(soon(() -> expression.evaluate(hostile, CLOCK))).isEqualTo(new Value.Whole(0));
  }

  private static <T> T soon(Callable<T> work) {
    long start = System.nanoTime();
    try {
      T result = work.call();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
      return result;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
