package io.urubu.classad;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** SEED= in the environment replays a run. */
@Tag("unit")
class AdIndexTest {
  private static final int ADS = 300;
  private static final int CONSTRAINTS = 600;
  private static final List<String> NAMES = List.of("Arch", "Memory", "Disk", "Start", "Gone");
  private static final List<String> OPERATORS =
      List.of("==", "!=", "<", "<=", ">", ">=", "=?=", "=!=");
  private static final List<String> CONSTANTS =
      List.of(
          "1",
          "2",
          "2.0",
          "-0.0",
          "0",
          "true",
          "false",
          "\"x86\"",
          "\"X86\"",
          "\"arm\"",
          "\"\"",
          "9007199254740993",
          "9007199254740992.0",
          "9007199254740992",
          "real(\"NaN\")",
          "1e400",
          "undefined",
          "error",
          "-5",
          "absTime(\"2020-01-01T00:00:00Z\")",
          "{1}");
  private static final List<String> FORMULAS =
      List.of("Memory + 1", "Gone", "Arch == \"x86\"", "TARGET.Memory", "MY.Disk", "[a = 1]");

  private final long seed = Rounds.seed();
  private final RandomGenerator random = new SplittableRandom(seed);

  @Test
  void findsWhatTryingEachAdFinds() throws ClassAdSyntaxException {
    List<ClassAd> ads = ads();
    AdIndex<ClassAd> index = AdIndex.of(ads);
    int found = 0;
    for (int i = 0; i < CONSTRAINTS; i++) {
      Expression constraint = Expression.parse(constraint(""));
      List<ClassAd> wanted = ads.stream().filter(constraint::isTrue).toList();

      List<ClassAd> seen = index.where(constraint);

      assertThat(seen).as("SEED=%d %s", seed, constraint).isEqualTo(wanted);
      found += seen.isEmpty() ? 0 : 1;
    }
    assertThat(found).as("SEED=%d constraints that found something", seed).isGreaterThan(100);
  }

  @Test
  void findsTheMatchesThatMeetingEachAdFinds() throws ClassAdSyntaxException {
    List<ClassAd> ads = ads();
    AdIndex<ClassAd> index = AdIndex.of(ads);
    int found = 0;
    for (int i = 0; i < CONSTRAINTS / 2; i++) {
      ClassAd job = job();
      List<ClassAd> wanted = ads.stream().filter(ad -> Match.matches(job, ad)).toList();

      List<ClassAd> seen = index.matching(Matcher.of(job)).toList();

      assertThat(seen).as("SEED=%d %s", seed, job).isEqualTo(wanted);
      found += seen.isEmpty() ? 0 : 1;
    }
    assertThat(found).as("SEED=%d jobs that matched something", seed).isGreaterThan(50);
  }

  @Test
  void aMatcherGivesTheRanksThatMeetingGives() throws ClassAdSyntaxException {
    List<ClassAd> ads = ads();
    for (int i = 0; i < 30; i++) {
      ClassAd job = job();
      Matcher matcher = Matcher.of(job);
      for (ClassAd ad : ads) {
        assertThat(matcher.rank(ad)).as("SEED=%d %s", seed, job).isEqualTo(Match.rank(job, ad));
        assertThat(matcher.matches(ad)).isEqualTo(Match.matches(job, ad));
      }
    }
  }

  @Test
  void itemsComeInTheirOrder() throws ClassAdSyntaxException {
    List<Integer> sizes = List.of(512, 4096, 1024, 8192);

    AdIndex<Integer> index =
        AdIndex.of(sizes, size -> ClassAd.builder().put("Memory", size).build());

    assertThat(index.where(Expression.parse("Memory > 1024"))).containsExactly(4096, 8192);
    assertThat(index.size()).isEqualTo(4);
  }

  @Test
  void aThousandAttributesAskedForAreAnswered() throws ClassAdSyntaxException {
    AdIndex<ClassAd> index = AdIndex.of(List.of(ClassAd.parse("a999 = 5")));

    for (int i = 0; i < 1000; i++) {
      assertThat(index.where(Expression.parse("a" + i + " == 5"))).hasSize(i == 999 ? 1 : 0);
    }
  }

  private ClassAd job() throws ClassAdSyntaxException {
    ClassAd.Builder job = ad().toBuilder();
    job.putExpression("Requirements", constraint(random.nextBoolean() ? "TARGET." : ""));
    job.putExpression("Rank", "TARGET.Memory * 2 + MY.Disk");
    return job.build();
  }

  private List<ClassAd> ads() throws ClassAdSyntaxException {
    List<ClassAd> ads = new ArrayList<>();
    for (int i = 0; i < ADS; i++) {
      ads.add(ad());
    }
    return ads;
  }

  private ClassAd ad() throws ClassAdSyntaxException {
    ClassAd.Builder ad = ClassAd.builder().put("Requirements", true);
    for (String name : NAMES) {
      switch (random.nextInt(8)) {
        case 0 -> {} // not there
        case 1 -> ad.putExpression(name, pick(FORMULAS));
        default -> ad.putExpression(name, pick(CONSTANTS));
      }
    }
    if (random.nextInt(20) == 0) {
      ad.putExpression(pick(List.of("my", "target", "other")), "[Memory = 1; Arch = \"arm\"]");
    }
    return ad.build();
  }

  private String constraint(String scope) {
    StringBuilder text = new StringBuilder(term(scope));
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(random.nextInt(3) == 0 ? " || " : " && ").append(term(scope));
    }
    return text.toString();
  }

  private String term(String scope) {
    String attribute = pick(List.of(scope, scope, "MY.")) + pick(NAMES);
    return switch (random.nextInt(10)) {
      case 0 -> "(" + constraint(scope) + ")";
      case 1 -> attribute;
      case 2 -> pick(CONSTANTS) + " " + pick(OPERATORS) + " " + attribute;
      case 3 -> attribute + " " + pick(OPERATORS) + " " + scope + pick(NAMES);
      default -> attribute + " " + pick(OPERATORS) + " " + pick(CONSTANTS);
    };
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
