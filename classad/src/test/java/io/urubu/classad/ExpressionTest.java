package io.urubu.classad;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ExpressionTest {
  @Test
  void bareNamesAreMineThenTheTargets() throws ClassAdSyntaxException {
    ClassAd my =
        ClassAd.parse("[a = 1; Start = Owner == \"alice\"; Strict = MY.Owner == \"alice\"]");
    ClassAd target = ClassAd.parse("[a = 2; Owner = \"Alice\"]");

    assertThat(Expression.parse("a").evaluate(my, target)).isEqualTo(new Value.Whole(1));
    assertThat(Expression.parse("TARGET.a").evaluate(my, target)).isEqualTo(new Value.Whole(2));
    assertThat(Expression.parse("Start").isTrue(my, target)).isTrue();
    assertThat(Expression.parse("Strict").isTrue(my, target)).isFalse();
    assertThat(Expression.parse("TARGET.a").evaluate(my)).isEqualTo(new Value.Undefined());
  }

  @Test
  void tellsWhichAttributesItReads() throws ClassAdSyntaxException {
    Expression expression =
        Expression.parse(
            "Memory > MY.RequestMemory && target.Arch == \"X\" || size({b, [c = d]}) > e.f");

    assertThat(expression.attributesRead())
        .containsExactlyInAnyOrder("Memory", "RequestMemory", "Arch", "b", "d", "e");
    assertThat(expression.attributesRead().contains("MEMORY")).isTrue();
  }

  @Test
  void timeComesFromTheClockItIsGiven() throws ClassAdSyntaxException {
    InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond(1234));

    assertThat(Expression.parse("time()").evaluate(ClassAd.empty(), clock))
        .isEqualTo(new Value.Whole(1234));
  }

  @Test
  void anUnknownFunctionFailsWithTheNameThatWasMeant() throws ClassAdSyntaxException {
    Value value = Expression.parse("isUndefnied(1)").evaluate(ClassAd.empty());

    assertThat(value)
        .isEqualTo(new Value.Failed("no function isUndefnied (did you mean isUndefined?)"));
  }

  @Test
  void cyclesAndEndlessWorkAreAborted() throws ClassAdSyntaxException {
    ClassAd cycle = ClassAd.parse("[a = b + 1; b = a; j = eval(\"j\")]");
    StringBuilder doubling = new StringBuilder("[x0 = \"0123456789\"");
    for (int i = 1; i < 60; i++) {
      doubling
          .append("; x")
          .append(i)
          .append(" = strcat(x")
          .append(i - 1)
          .append(", x")
          .append(i - 1)
          .append(')');
    }

    assertThat(cycle.value("a")).isInstanceOf(Value.Aborted.class);
    assertThat(cycle.value("j")).isInstanceOf(Value.Aborted.class);
    assertThat(ClassAd.parse(doubling + "]").value("x59")).isInstanceOf(Value.Aborted.class);
    // HTCondor gives an error here: its searches are limited as well.
    assertThat(
            Expression.parse("regexp(\"(a*)*(a*)*(a*)*b\", \"" + "a".repeat(60) + "\")")
                .evaluate(ClassAd.empty()))
        .isEqualTo(new Value.Failed("a regular expression that takes more than 4000000 steps"));
  }

  @Test
  void longChainsAreNotDeep() throws ClassAdSyntaxException {
    Expression sum = Expression.parse("1" + " + 1".repeat(50_000));
    Expression any = Expression.parse("x == 0" + " || x == 1".repeat(50_000));

    assertThat(sum.evaluate(ClassAd.empty())).isEqualTo(new Value.Whole(50_001));
    assertThat(any.isTrue(ClassAd.builder().put("x", 1).build())).isTrue();
    assertThat(Expression.parse(sum.toString())).hasToString(sum.toString());
  }

  @Test
  void longValuesAreWork() throws ClassAdSyntaxException {
    ClassAd ad =
        ClassAd.builder()
            .put("s", "x".repeat(1_000_000))
            .put("l", Collections.nCopies(100_000, "x"))
            .build();

    assertThat(Expression.parse("s == s" + " && s == s".repeat(10_000)).evaluate(ad))
        .isInstanceOf(Value.Aborted.class);
    assertThat(Expression.parse("0" + " + size(toUpper(s))".repeat(10_000)).evaluate(ad))
        .isInstanceOf(Value.Aborted.class);
    assertThat(Expression.parse("true" + " && !member(\"y\", l)".repeat(10_000)).evaluate(ad))
        .isInstanceOf(Value.Aborted.class);
  }

  @Test
  void aDeepCallerGetsAValueToo() throws Exception {
    Expression nested = Expression.parse("int(".repeat(400) + "1" + ")".repeat(400));
    List<Value> values = new ArrayList<>();
    Thread small =
        new Thread(
            null, () -> values.add(nested.evaluate(ClassAd.empty())), "small stack", 1 << 17);
    small.start();
    small.join(30_000);

    assertThat(values).hasSize(1);
    assertThat(nested.evaluate(ClassAd.empty())).isEqualTo(new Value.Whole(1));
  }

  @Test
  void aChainOfAttributesMayNestInEachOfThem() throws ClassAdSyntaxException {
    ClassAd.Builder ad = ClassAd.builder().put("a0", 1);
    for (int i = 1; i < 400; i++) {
      ad.putExpression("a" + i, "-(1 + (2 * (1 - (1 + (a" + (i - 1) + " - 1)))))");
    }
    ClassAd chain = ad.build();

    assertThat(Expression.parse("a399").evaluate(chain)).isInstanceOf(Value.Whole.class);
    assertThat(Expression.parse("[x = a399].x").evaluate(chain)).isInstanceOf(Value.Aborted.class);
  }
}
