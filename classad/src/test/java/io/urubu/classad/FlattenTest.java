package io.urubu.classad;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class FlattenTest {
  private static final String JOB =
      """
      [RequestMemory = 500 + 12; MinDisk = RequestMemory * 1024; Owner = "anna"; Hours = 3;
       Fast = TARGET.Mips > 1000; List = {1, Hours}; Nested = [x = Hours]; Loop = Loop + 1;
       Deep = Fast && MY.Hours > 2; Text = "Hours + 1"; Day = "1+00:00:00"]""";

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          TARGET.Memory >= RequestMemory ~ TARGET.Memory >= 512
          Memory >= MY.RequestMemory ~ TARGET.Memory >= 512
          TARGET.Disk > MinDisk / 2 ~ TARGET.Disk > 262144
          Hours > 2 && Arch == "X86_64" ~ TARGET.Arch == "X86_64"
          Arch == "X86_64" && Hours > 5 ~ (TARGET.Arch == "X86_64") && false
          Hours > 5 && Arch == "X86_64" ~ false
          Hours > 2 || Arch == "X86_64" ~ true
          Deep ~ TARGET.Mips > 1000
          MY.Gone ~ undefined
          Gone ~ TARGET.Gone
          Hours > 2 ? A : B ~ TARGET.A
          MY.Gone ?: C ~ TARGET.C
          regexp("^an", Owner) && D ~ TARGET.D && true
          strcat(Owner, "-", Hours) ~ "anna-3"
          time() > Hours ~ time() > 3
          eval(Text) ~ eval(Text)
          relTime(Day) ~ relTime(("1+00:00:00"))
          absTime(Owner) ~ absTime(("anna"))
          unparse(Hours) ~ unparse(Hours)
          [z = Hours].z ~ [z = Hours].z
          Nested.x ~ [x = Hours].x
          member(2, List) ~ member(2, {1, Hours})
          -Hours + Cpus ~ (-3) + TARGET.Cpus
          """)
  void whatDependsOnOneSideAloneIsComputed(String text, String wanted)
      throws ClassAdSyntaxException {
    ClassAd job = ClassAd.parse(JOB);

    Expression flat = Expression.parse(text).flatten(job);

    assertThat(flat).hasToString(wanted);
  }

  @Test
  void aCycleIsLeftForTheEvaluationToFind() throws ClassAdSyntaxException {
    ClassAd job = ClassAd.parse(JOB);
    Expression flat = Expression.parse("Loop").flatten(job);

    assertThat(flat.evaluate(job, ClassAd.empty())).isInstanceOf(Value.Aborted.class);
  }

  @Test
  void definitionsThatNameEachOtherTwiceDoNotGrowWithoutEnd() throws ClassAdSyntaxException {
    ClassAd.Builder ad = ClassAd.builder().putExpression("a0", "TARGET.x");
    for (int i = 1; i < 60; i++) {
      ad.putExpression("a" + i, "a" + (i - 1) + " + a" + (i - 1));
    }

    Expression flat = Expression.parse("a59").flatten(ad.build());

    assertThat(flat.toString()).hasSizeLessThan(2_000_000);
  }

  @Test
  void anAdThatRenamesTheScopesIsLeftAlone() throws ClassAdSyntaxException {
    ClassAd job = ClassAd.parse("[TARGET = [Memory = 1]; RequestMemory = 5]");

    Expression flat = Expression.parse("TARGET.Memory > RequestMemory").flatten(job);

    assertThat(flat).hasToString("TARGET.Memory > RequestMemory");
  }
}
