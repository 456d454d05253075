package io.urubu.classad.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.urubu.classad.limit.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Regular expressions match as PCRE2 10.46 does, and never take more than they may. */
@Tag("unit")
class PatternTest {
  @Test
  void randomPatternsFindWhatPcre2Found() throws IOException {
    List<String> differences = new ArrayList<>();
    List<String[]> rows = recorded();
    for (String[] row : rows) {
      String seen = outcome(row[0], row[1], row[2].replace("\\n", "\n"));
      if (!seen.equals(row[3])) {
        differences.add(String.join(" ", row) + " but " + seen);
      }
    }

    assertThat(differences).isEmpty();
    assertThat(rows).hasSizeGreaterThan(1500);
  }

  private static List<String[]> recorded() throws IOException {
    try (InputStream in = PatternTest.class.getResourceAsStream("pcre2.tsv")) {
      if (in == null) {
        throw new IOException("no resource pcre2.tsv");
      }
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1)
          .lines()
          .skip(1)
          .map(line -> line.split("\t", -1))
          .toList();
    }
  }

  private static String outcome(String pattern, String options, String subject) {
    Matcher matcher;
    try {
      matcher = Pattern.compile(pattern, options).matcher(subject);
    } catch (MalformedPatternException _) {
      return "malformed";
    }
    if (!matcher.find()) {
      return "No match";
    }
    int last = 0;
    for (int group = 0; group <= matcher.groupCount(); group++) {
      last = matcher.group(group) == null ? last : group;
    }
    List<String> groups = new ArrayList<>();
    for (int group = 0; group <= last; group++) {
      String text = matcher.group(group);
      groups.add((group + ": " + (text == null ? "<unset>" : text.replace("\n", "\\x0a"))).strip());
    }
    return String.join("|", groups);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a+)+$",
        "(a|aa)+$",
        "(a*)*(a*)*(a*)*[bc]",
        "(.*)*(.*)*\\1x",
        "(?:a?){40}a{40}b",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
        "(?:(?:(?:a?)*?)*?)*?b",
        "(a(?=a*)*)*c$"
      })
  void aSearchThatTakesTooLongEndsWithTheReason(String pattern) throws Exception {
    Matcher matcher = Pattern.compile(pattern, "").matcher("a".repeat(60) + "!");

    assertThatThrownBy(matcher::find)
        .isInstanceOf(TooComplexException.class)
        .hasMessageContaining("more than " + Limits.SEARCH_STEPS + " steps");
    assertThat(matcher.work()).isEqualTo(Limits.SEARCH_STEPS);
  }

  @Test
  void waysToMatchNothingAreWorkToo() throws Exception {
    Matcher matcher = Pattern.compile("(?:|){40}(?=x)", "").matcher("");

    assertThatThrownBy(matcher::find).isInstanceOf(TooComplexException.class);
  }

  @Test
  void memoryIsLimited() throws Exception {
    Matcher matcher = Pattern.compile("(?:a|b)*c", "").matcher("ab".repeat(2 << 20));

    assertThatThrownBy(matcher::find).isInstanceOf(TooComplexException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?:a{1000}){1000}b(ab){65535}",
        "((a{100}){100}){100}",
        "(?:ab){20000}",
        "(?:(?:(?:x|y){100}){100}){100}",
        "a{65536}",
        "a{1000}{1000}"
      })
  void repeatsThatComeToTooMuchAreRefused(String pattern) {
    assertThat(outcome(pattern, "", "a")).isEqualTo("malformed");
  }

  @Test
  void repeatsOfNothingAreNothing() {
    assertThat(outcome("(?:(?:(?:(?:){65535}){65535}){65535}){65535}", "", "")).isEqualTo("0:");
    assertThat(outcome("a{65535}", "", "a".repeat(65_535))).startsWith("0: aaa");
  }

  @Test
  void groupsMayNotNestTooDeep() {
    assertThat(outcome("(".repeat(249) + ")".repeat(249), "", "")).startsWith("0:");
    assertThat(outcome("(".repeat(251) + ")".repeat(251), "", "")).isEqualTo("malformed");
    assertThat(outcome("(?=".repeat(9000), "", "")).isEqualTo("malformed");
    assertThat(outcome("x".repeat(Limits.PATTERN_CHARS + 1), "", "x")).isEqualTo("malformed");
  }

  @Test
  void aLongTextTakesNoDeepStack() throws Exception {
    Pattern pattern = Pattern.compile("^(?:(a)|b)*$", "");
    List<Boolean> found = new ArrayList<>();
    Thread small =
        new Thread(
            null,
            () -> found.add(pattern.matcher("ab".repeat(50_000)).find()),
            "small stack",
            1 << 17);
    small.start();
    small.join(30_000);

    assertThat(found).containsExactly(true);
  }

  @Test
  void findsOneMatchAfterTheOther() throws Exception {
    Matcher matcher = Pattern.compile("a*", "").matcher("baac");
    List<String> found = new ArrayList<>();
    while (matcher.find()) {
      found.add(matcher.start() + "-" + matcher.end());
    }

    assertThat(found).containsExactly("0-0", "1-3", "3-3", "4-4");
  }
}
