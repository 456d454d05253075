package io.urubu.classad;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class MatchTest {
  @Test
  void bothSidesMustAgree() throws ClassAdSyntaxException {
    ClassAd job = ClassAd.parse("[Memory = 10; Requirements = TARGET.Memory >= MY.Memory]");
    ClassAd willing = ClassAd.parse("[Memory = 20; Requirements = TARGET.Memory < 15]");
    ClassAd unwilling = ClassAd.parse("[Memory = 20; Requirements = Owner == \"bob\"]");

    assertThat(Match.matches(job, willing)).isTrue();
    assertThat(Match.matches(job, unwilling)).isFalse();
    assertThat(Match.matches(unwilling, job)).isFalse();
  }

  @Test
  void missingRequirementsAndCyclesDoNotMatch() throws ClassAdSyntaxException {
    ClassAd always = ClassAd.parse("[Requirements = true]");
    ClassAd endless = ClassAd.parse("[Requirements = TARGET.x; x = TARGET.Requirements]");

    assertThat(Match.matches(always, ClassAd.empty())).isFalse();
    assertThat(Match.matches(endless, endless)).isFalse();
    assertThat(Match.matches(always, ClassAd.parse("[Requirements = 2]"))).isTrue();
  }

  @Test
  void rankIsZeroUnlessItIsANumber() throws ClassAdSyntaxException {
    ClassAd machine = ClassAd.parse("[Mips = 100]");

    assertThat(Match.rank(ClassAd.parse("[Rank = TARGET.Mips * 2]"), machine)).isEqualTo(200.0);
    assertThat(Match.rank(ClassAd.parse("[Rank = \"high\"]"), machine)).isEqualTo(0.0);
    assertThat(Match.rank(ClassAd.empty(), machine)).isEqualTo(0.0);
  }
}
