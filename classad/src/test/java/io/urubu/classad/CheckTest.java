package io.urubu.classad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.urubu.classad.check.Finding;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
final class CheckTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '%',
      quoteCharacter = '^',
      textBlock =
          """
          stringListSze("a,b") > 1   % 1 % no function stringListSze (did you mean stringListSize?)
          a && frobnicate()          % 6 % no function frobnicate
          VERSIONLE("1", "2")        % 1 % no function VERSIONLE (did you mean versionLE?)
          {1, size()}                % 5 % size() takes 1 argument, not none
          substr("a")                % 1 % substr() takes 2 to 3 arguments, not 1
          ifThenElse(a, b, c, d)     % 1 % ifThenElse() takes 3 arguments, not 4
          1 ? 2 : 3 junk             % 11 % nothing reads what follows a conditional: 'junk' (an operator or parentheses are missing)
          [a = "5" == 5].a           % 6 % '==' between a string and a number is always an error
          ("x") < (true)             % 1 % '<' between a string and a number is always an error
          "a" + "b"                  % 1 % '+' with a string is always an error (strcat(a, b) joins, int("5") is 5)
          x != undefined             % 1 % '!=' with undefined is always undefined: write '=!='
          a || (x == error)          % 7 % '==' with error is always an error: write isError(x)
          1 < x < 3                  % 9 % '<' compares what is true or false with this: write a < b && b < c
          a == 1 & (b == 2)          % 1 % '&' takes the bits of integers: between truths write '&&'
          Arch == 'X86_64'           % 9 % 'X86_64' is the name of an attribute; a string stands in double quotes: "X86_64"
          """)
  void findsWhatCanHardlyBeMeant(String text, int column, String problem) throws Exception {
    List<Finding> findings = Expression.check(text, "");

    assertThat(findings).extracting(Finding::problem).containsExactly(problem);
    assertThat(findings.getFirst().column()).isEqualTo(column);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a ? b : c // no more",
        "(1 ? 2 : 3) + 4",
        "x =?= undefined",
        "'odd name' > 1",
        "'true' && 'parent'",
        "strcat(\"a\", \"b\") == \"ab\"",
        "a == b == c",
        "versionLE(\"1\", \"2\")",
        "5 & 3 << 2",
        "member(\"a\", {\"a\", 5})"
      })
  void hasNothingToSayOfWhatMayBeMeant(String text) throws Exception {
    assertThat(Expression.check(text, "")).isEmpty();
    assertThat(Expression.checkOld(text, "")).isEmpty();
  }

  @Test
  void findsEverythingInTheOrderOfTheText() throws Exception {
    List<Finding> findings = Expression.check("size(1, 2) &&\n nope(size())", "START");

    assertThat(findings)
        .extracting(Finding::message)
        .containsExactly(
            "START:1:1: size() takes 1 argument, not 2\n  size(1, 2) &&\n  ^",
            "START:2:2: no function nope\n   nope(size())\n   ^",
            "START:2:7: size() takes 1 argument, not none\n   nope(size())\n        ^");
  }

  @Test
  void looksIntoEveryAttributeOfAnAd() throws Exception {
    ClassAd ad = ClassAd.parse("[Rank = sixe(x); Requirements = a == \"1\"; List = {sizze(1)}]");

    assertThat(ad.check())
        .extracting(Finding::toString)
        .containsExactly(
            "Rank:1:1: no function sixe (did you mean size?)\n  sixe(x)\n  ^",
            "List:1:2: no function sizze (did you mean size?)\n  {sizze(1)}\n   ^");
  }

  @Test
  void refusesWhatDoesNotParse() {
    assertThatThrownBy(() -> Expression.check("1 +", "Rank"))
        .isInstanceOf(ClassAdSyntaxException.class)
        .hasMessageStartingWith("Rank:1:4: ");
  }
}
