package io.urubu.classad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people are told about JSON and XML that are no ads. */
@Tag("unit")
class FormErrorsTest {
  @Test
  void jsonTellsPlaceAndWhatCouldStandThere() {
    assertThat(problem("[{\"a\": 1,\n  \"b\" 2}]"))
        .isEqualTo("file:2:7: unexpected '2', expected ':'\n    \"b\" 2}\n        ^");
    assertThat(problem("{\"a\": 1} {\"b\": nul}"))
        .isEqualTo(
            "file:1:16: unexpected 'nul', expected a value: true, false, null, a number, '\"', '['"
                + " or '{'\n           {\"b\": nul}\n                 ^");
    assertThat(problem("{\"a\": [1, 2}"))
        .contains("file:1:12: unexpected '}', expected ',' or ']'");
    assertThat(problem("{\"a\": 1")).contains("file:1:8: unexpected end, expected ',' or '}'");
    assertThat(problem("{\"a\": 01}")).contains("file:1:7: no number of JSON");
    assertThat(problem("{\"p\": \"C:\\dir\"}")).contains("file:1:10: no escape of JSON");
    assertThat(problem("{\"a\": \"x")).contains("file:1:7: a string that does not end");
    assertThat(problem("[{} 1]")).contains("file:1:5: unexpected '1', expected ',' or ']'");
    assertThat(problem("{\"a\": \"\\u0000\"}")).contains("file:1:8: a NUL in a string");
  }

  @Test
  void jsonTellsThePlaceWithinAnExpression() {
    assertThat(problem("{\"R\":\n  \"\\/Expr(\\\"a\\\\n\\\" < )\\/\"}"))
        .startsWith("file:2:21: unexpected end, expected a value")
        .contains("'<' at 2:20 has")
        .endsWith("\n                      ^");
  }

  @Test
  void xmlTellsPlaceAndWhatCouldStandThere() {
    assertThat(problem("<classads>\n<c>\n  <a n=\"x\"><i>4x</i></a>\n</c>\n</classads>"))
        .isEqualTo(
            "file:3:12: no integer, expected digits as in <i>42</i>\n"
                + "    <a n=\"x\"><i>4x</i></a>\n             ^");
    assertThat(problem("<c><b n=\"x\"/></c>"))
        .contains("file:1:4: unexpected <b/>, expected <a n=\"...\"> or </c>");
    assertThat(problem("<c><a n=\"x\"><e>1 +</e></a></c>")).contains("file:1:19: unexpected end");
    assertThat(problem("<c><a n=\"x\">\n<e>x &lt; y &gt;</e></a></c>"))
        .startsWith("file:2:17: unexpected end")
        .contains("'>' at 2:16 has");
    assertThat(problem("<c><a n=\"x\"><i>1</s></a></c>"))
        .contains("file:1:17: unexpected </s>, expected </i>");
    assertThat(problem("<c><a n=\"x\"><i>1</i></a>"))
        .contains("file:1:1: <c> that is not closed, expected </c>");
    assertThat(problem("<c><a n=\"x\"><s>&nbsp;</s></a></c>"))
        .contains("file:1:16: unknown entity '&nbsp;'");
    assertThat(problem("<html>")).contains("file:1:1: expected <classads>, <c> or the end");
  }

  @Test
  void xmlReadsNoDeclarationsAndNoOtherFile() {
    String bomb =
        "<?xml version=\"1.0\"?><!DOCTYPE c [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
            + "<c><a n=\"x\"><s>&x;</s></a></c>";

    assertThat(problem(bomb)).contains("file:1:34: a document type with declarations of its own");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":", "{\"a\":[", "<c><a n=\"a\">", "<c><a n=\"a\"><l>"})
  void refusesWhatIsNestedTooDeep(String piece) {
    assertThat(problem(piece.repeat(1001))).contains("nested deeper than 1000 levels");
    assertThat(problem(piece.repeat(200_000))).contains("nested deeper than 1000 levels");
  }

  /** A caller's stack may be nearly used up. */
  @Test
  void readsAndWritesWhatIsNestedDeepOnASmallStack() throws Exception {
    String json = "{\"a\":[".repeat(499) + "1" + "]}".repeat(499);
    String xml = "<c><a n=\"a\"><l>".repeat(499) + "<i>1</i>" + "</l></a></c>".repeat(499);
    List<String> written = new CopyOnWriteArrayList<>();
    Thread small =
        new Thread(
            null,
            () -> {
              try {
                ClassAd ad = Ads.read(json, "json").getFirst();
                written.add(ad.toJson().replace(" ", ""));
                written.add(Ads.read(xml, "xml").getFirst().toJson().replace(" ", ""));
                written.add(ad.toPrettyString().replaceAll("[\\s;]", "").replace("=", ""));
                written.add(new AdWriter(AdForm.XML).add(ad));
              } catch (ClassAdSyntaxException e) {
                written.add(String.valueOf(e.getMessage()));
              }
            },
            "small",
            1 << 17);
    small.start();
    small.join();

    assertThat(written).hasSize(4).startsWith(json, json);
    assertThat(written.get(2)).isEqualTo("[a{".repeat(499) + "1" + "}]".repeat(499));
    assertThat(written.get(3)).contains("<i>1</i>");
  }

  @Test
  void refusesWhatIsTooLargeBeforeItIsRead() {
    assertThat(problem("{\"a\":\"" + "x".repeat(9_000_000)))
        .startsWith("file:1:")
        .contains("an ad of more than 8388608 characters, begun in line 1");
    assertThat(problem("<c>" + " ".repeat(9_000_000)))
        .contains("an ad of more than 8388608 characters");
    assertThat(problem("{\"a\":[" + "1,".repeat(1_000_001)))
        .contains("more than 1000000 values in one ad");
    StringBuilder wide = new StringBuilder("{");
    for (int i = 0; i <= 10_000; i++) {
      wide.append("\"a").append(i).append("\":1,");
    }
    assertThat(problem(wide + "}")).contains("an ad of more than 10000 attributes");
  }

  private static String problem(String text) {
    ClassAdSyntaxException problem =
        catchThrowableOfType(ClassAdSyntaxException.class, () -> Ads.read(text, "file"));
    return problem == null ? "no problem" : String.valueOf(problem.getMessage());
  }
}
