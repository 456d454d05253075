package io.urubu.classad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ClassAdTest {
  @Test
  void readsBackWhatItWrites() throws ClassAdSyntaxException {
    ClassAd ad =
        ClassAd.builder()
            .put("Owner", "alice")
            .put("Text", "a \"quoted\" \\ line\nand é \uD83D\uDE00")
            .put("Cpus", 4)
            .put("Smallest", Long.MIN_VALUE)
            .put("Load", 0.1 + 0.2)
            .put("Idle", true)
            .put("Names", List.of("a", "b"))
            .put("odd name", 1)
            .put("Nested", ClassAd.builder().put("x", 1).build())
            .putExpression("Requirements", "TARGET.Memory >= 1024 && !(Arch =!= \"X\")")
            .build();

    assertThat(ClassAd.parse(ad.toString())).isEqualTo(ad).hasToString(ad.toString());
    assertThat(ClassAd.parse(ad.toLines()).real("Load")).hasValue(0.1 + 0.2);
    assertThat(ClassAd.parse(ad.toLines()).string("Text")).isEqualTo(ad.string("Text"));
    assertThat(ClassAd.parse(ad.toLines()).names()).isEqualTo(ad.names());
  }

  @Test
  void writesOneLineWithoutBlanksInsideBrackets() throws ClassAdSyntaxException {
    ClassAd ad = ClassAd.parse("[ a=1; b=\"x\";c={1,2};d=[ ]; e = !x&&-1 <- 2]");

    assertThat(ad).hasToString("[a = 1; b = \"x\"; c = {1, 2}; d = []; e = !x && -1 < - 2]");
  }

  @Test
  void writesLinesInTheOldForm() throws ClassAdSyntaxException {
    ClassAd ad = ClassAd.parse("[a = 1.0; b = \"C:\\\\x\"; c = x isnt undefined; d = {1,2}]");

    assertThat(ad.toLines())
        .isEqualTo("a = 1.0\nb = \"C:\\x\"\nc = x =!= undefined\nd = { 1,2 }\n");
  }

  @Test
  void writesJson() throws ClassAdSyntaxException {
    ClassAd ad =
        ClassAd.parse("[a = 1; b = \"x\\\"\\n\"; c = {true, 1.5}; d = [e = undefined]; r = a+1]");

    assertThat(ad.toJson())
        .isEqualTo(
            "{\"a\": 1, \"b\": \"x\\\"\\n\", \"c\": [true, 1.5], \"d\": {\"e\": null}, "
                + "\"r\": \"\\/Expr(a + 1)\\/\"}");
  }

  @Test
  void namesIgnoreCaseAndKeepTheirFirstSpellingAndPlace() {
    ClassAd ad = ClassAd.builder().put("Foo", 1).put("bar", 2).put("FOO", 3).build();

    assertThat(ad.names()).containsExactly("Foo", "bar");
    assertThat(ad.integer("foo")).hasValue(3);
    assertThat(ad.toBuilder().remove("BAR").build().names()).containsExactly("Foo");
  }

  @Test
  void readsLinesWithCommentsAndCarriageReturns() throws ClassAdSyntaxException {
    ClassAd ad = ClassAd.parse("# job\r\nCmd = \"/bin/true\"\r\n\r\nDir = \"C:\\tmp\\\"\r\n");

    assertThat(ad.string("cmd")).contains("/bin/true");
    assertThat(ad.string("Dir")).contains("C:\\tmp\\");
  }

  /** HTCondor says that only the end of the line, not a blank, makes the quote end the string. */
  @Test
  void aBackslashBeforeTheLastQuoteIsReadTheSameWhateverTheOtherLinesAre() throws Exception {
    String unusual = "'b c' = 1\n"; // leaves the whole text to the parser

    for (String other : List.of("", unusual)) {
      assertThat(ClassAd.parse(other + "Dir = \"C:\\\"\r\n").string("Dir")).contains("C:\\");
      assertThatThrownBy(() -> ClassAd.parse(other + "Dir = \"C:\\\" \n"))
          .isInstanceOf(ClassAdSyntaxException.class);
    }
  }

  @Test
  void givesTypedValuesOnlyForTheirType() throws ClassAdSyntaxException {
    ClassAd ad =
        ClassAd.parse("[i = 1 + 1; r = 1.5; b = i == 2; s = strcat(\"a\", i); u = nope; e = 1/0]");

    assertThat(ad.integer("i")).hasValue(2);
    assertThat(ad.real("i")).hasValue(2.0);
    assertThat(ad.integer("r")).isEmpty();
    assertThat(ad.bool("b")).contains(true);
    assertThat(ad.bool("i")).contains(true);
    assertThat(ad.string("s")).contains("a2");
    assertThat(ad.string("u")).isEmpty();
    assertThat(ad.value("e")).isInstanceOf(Value.Failed.class);
    assertThat(ad.value("missing")).isEqualTo(new Value.Undefined());
    assertThat(ad.expression("s")).contains("strcat(\"a\", i)");
  }

  @Test
  void aNulShowsAsTheReplacementCharacter() {
    assertThat(ClassAd.builder().put("a", "x\0y").build().string("a")).contains("x\uFFFDy");
    assertThatThrownBy(() -> ClassAd.builder().put("", 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void equalAdsHaveTheSameExpressionsInAnyOrder() throws ClassAdSyntaxException {
    ClassAd ad = ClassAd.parse("[a = 1; b = x+1]");

    assertThat(ad)
        .isEqualTo(ClassAd.parse("[B = x + 1; A = 1]"))
        .hasSameHashCodeAs(ClassAd.parse("[B = x + 1; A = 1]"));
    assertThat(ad).isNotEqualTo(ClassAd.parse("[a = 1; b = x + 2]"));
  }

  /** "an" and "c0" have the same hash, and so has everything made of as many of them. */
  @Test
  void namesOfTheSameHashAreFound() {
    ClassAd.Builder builder = ClassAd.builder();
    for (int i = 0; i < 4096; i++) {
      String name = Integer.toBinaryString(4096 + i).replace("0", "an").replace("1", "c0");
      builder.put(name, i);
    }
    ClassAd ad = builder.build();

    assertThat(ad.integer("c0" + "an".repeat(12))).hasValue(0);
    assertThat(ad.integer("C0".repeat(13))).hasValue(4095);
    assertThat(ad.integer("c0" + "an".repeat(11) + "ax")).isEmpty();
    assertThat(ad.integer("an" + "c0".repeat(12))).isEmpty();
  }

  @Test
  void aNameWithControlCharactersReadsBackFromLines() throws ClassAdSyntaxException {
    ClassAd ad = ClassAd.parse("['a\\ab\\tc\\\\d\\'e' = 1]");

    assertThat(ClassAd.parse(ad.toLines())).isEqualTo(ad);
  }
}
