package io.urubu.classad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class AdsTest {
  @Test
  void readsLongFormsWithEmptyLinesOrBannersBetween() throws ClassAdSyntaxException {
    assertThat(read("\n# first\na = 1\nb = \"x\"\n\n  \n\na = 2\n# more\nb = a\n"))
        .containsExactly("[a = 1; b = \"x\"]", "[a = 2; b = a]");
    assertThat(read("a = 1\r\nb = 2\r\n\r\na = 3\r\n"))
        .containsExactly("[a = 1; b = 2]", "[a = 3]");
    assertThat(read("a = 1\n*** Offset = 0 ClusterId = 1\na = 2\n*** Offset = 7\n"))
        .containsExactly("[a = 1]", "[a = 2]");
    assertThat(read("\n\n# nothing\n")).isEmpty();
    assertThat(read("")).isEmpty();
  }

  @Test
  void readsNewFormsOneAfterTheOtherOrInAList() throws ClassAdSyntaxException {
    assertThat(read("[a = 1]\n[a = 2]")).containsExactly("[a = 1]", "[a = 2]");
    assertThat(read("// ads\n{ [a = \"]\"; 'b]' = /* ] */ c[0]] , [] }"))
        .containsExactly("[a = \"]\"; 'b]' = c[0]]", "[]");
    assertThat(read("{\n[ a = [ b = 1 ] ]\n,\n[ a = 2 ]\n}\n"))
        .containsExactly("[a = [b = 1]]", "[a = 2]");
  }

  @Test
  void namesFileLineAndColumnOfWhatIsWrong() {
    assertThat(problem("a = 1\n\nb = 2\nc = 3 +\n"))
        .startsWith("test:4:8: unexpected end")
        .endsWith("\n  c = 3 +\n         ^");
    assertThat(problem("[a = 1] [b = )]")).startsWith("test:1:14: unexpected ')'");
    assertThat(problem("{[a = 1]\n [b = 2]}")).startsWith("test:2:2: unexpected '['");
    assertThat(problem("[a = 1] b")).startsWith("test:1:9: unexpected 'b', expected an ad");
    assertThat(problem("{[a = 1],")).startsWith("test:1:10: unexpected end, expected an ad");
    assertThat(problem("[a = 1\n")).startsWith("test:1:7: unexpected end, expected");
  }

  @Test
  void refusesAnAdThatIsTooLong() {
    assertThat(problem("[a = \"" + "x".repeat(9_000_000) + "\"]"))
        .contains("an ad of more than 8388608 characters");
  }

  @Test
  void keepsBytesThatAreNoUtf8() throws IOException, ClassAdSyntaxException {
    byte[] file =
        "\u00EF\u00BB\u00BFa = \"\u00FF\u00C3\u00A9\"\n".getBytes(StandardCharsets.ISO_8859_1);

    try (AdReader ads = Ads.open(new ByteArrayInputStream(file), "bytes")) {
      assertThat(ads.form()).isEqualTo(AdForm.LONG);
      assertThat(ads.next().orElseThrow().string("a")).contains("\uDCFF\u00E9");
      assertThat(ads.next()).isEmpty();
    }
  }

  private static List<String> read(String text) throws ClassAdSyntaxException {
    return Ads.read(text, "test").stream().map(ClassAd::toString).toList();
  }

  private static String problem(String text) {
    ClassAdSyntaxException problem =
        catchThrowableOfType(ClassAdSyntaxException.class, () -> Ads.read(text, "test"));
    return problem == null ? "no problem" : String.valueOf(problem.getMessage());
  }
}
