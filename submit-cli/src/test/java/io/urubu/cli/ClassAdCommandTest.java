package io.urubu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.Ads;
import io.urubu.classad.ClassAd;
import java.io.ByteArrayInputStream;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code urubu classad} as it is called; the page for users shows more of it. */
@Tag("unit")
final class ClassAdCommandTest {
  private static final String MACHINES =
      "[Name = \"a\"; Memory = 10]\n[Name = \"b\"; Memory = 20]\n";

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String in, String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    String[] words = new String[arguments.length + 1];
    words[0] = "classad";
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    return Main.run(
        new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
        new PrintWriter(out),
        new PrintWriter(err),
        Map.of(),
        words);
  }

  private String file(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
    return folder.resolve(name).toString();
  }

  @Test
  void evaluatesInEachAdOfTheStandardInput() {
    assertThat(run(MACHINES, "eval", "--ads", "-", "Name", "Memory * 1.5")).isZero();
    assertThat(out).hasToString("\"a\" 15.0\n\"b\" 30.0\n");

    assertThat(run(MACHINES, "eval", "--new", "--raw", "--ads", "-", "Name", "Memory * 1.5"))
        .isZero();
    assertThat(out).hasToString("a 1.500000000000000E+01\nb 3.000000000000000E+01\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Name = \"a\"\nMemory = 10\n\nName = \"b\"\nMemory = 20\n",
        MACHINES,
        "[{\"Name\": \"a\", \"Memory\": 10}, {\"Name\": \"b\", \"Memory\": \"\\/Expr(2 * 10)\\/\"}]",
        "<classads><c><a n=\"Name\"><s>a</s></a><a n=\"Memory\"><i>10</i></a></c>"
            + "<c><a n=\"Name\"><s>b</s></a><a n=\"Memory\"><i>20</i></a></c></classads>"
      })
  void readsAdsInEveryForm(String ads) {
    assertThat(run(ads, "eval", "--raw", "--ads", "-", "Name", "Memory")).isZero();
    assertThat(out).hasToString("a 10\nb 20\n");
  }

  @Test
  void oldSyntaxKeepsBackslashes() {
    assertThat(run("", "eval", "--old", "size(\"a\\b\")")).isZero();
    assertThat(out).hasToString("3\n");
    assertThat(run("", "eval", "size(\"a\\b\")")).isZero();
    assertThat(out).hasToString("2\n");
  }

  @Test
  void whatHasNoEndHasNoValueAndStatusOne() throws Exception {
    String cycle = file("cycle.ad", "a = b\nb = a\nc = 1\n");

    assertThat(run("", "eval", "--ads", cycle, "a", "c")).isEqualTo(1);
    assertThat(out).hasToString(" 1\n");
    assertThat(err.toString()).contains("cycle.ad: a: no value: a cycle, or more than 400");
    assertThat(run("", "eval", "--json", "--ads", cycle, "a", "c")).isEqualTo(1);
    assertThat(out).hasToString("[\n{\n  \"c\": 1\n}\n]\n");
  }

  @Test
  void aBrokenExpressionIsWrongUseAndABrokenFileIsRefused() throws Exception {
    assertThat(run("", "eval", "1 +")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("urubu classad eval: expression:1:4: unexpected end, expected a value")
        .contains("\n  1 +\n     ^\n", "Usage: urubu classad eval");
    assertThat(out.toString()).isEmpty();

    String broken = file("broken.ad", "a = 1\n\na = 2\nb = (1\n");
    assertThat(run("", "fmt", broken)).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo(
            "urubu: %s:4:7: unexpected end, expected an operator or ')' ('(' at 4:5 is not closed)\n  b = (1\n        ^\n"
                .formatted(broken));
    assertThat(run("a = )", "fmt")).isEqualTo(1);
    assertThat(err.toString()).startsWith("urubu: standard input:1:5: unexpected ')'");
    assertThat(run("", "fmt", folder.resolve("nosuch").toString())).isEqualTo(1);
    assertThat(err.toString()).contains("FILE_NOT_USABLE", "nosuch: no such file; mend the name");
  }

  @Test
  void lettersThatTheLocaleLostAreNotEvaluated() {
    assertThat(run("", "eval", "size(\"\uFFFD\")")).isEqualTo(2);
    assertThat(err.toString()).contains("this locale cannot carry (set LC_ALL=C.UTF-8)");
  }

  @Test
  void namesTheFileThatCannotBeRead() {
    assertThat(run("", "fmt", folder.toString())).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("urubu: FILE_NOT_USABLE: " + folder + ": cannot be read: ");
  }

  @Test
  void theStandardInputIsReadOnce() {
    assertThat(run("a = 1\n", "match", "-", "-")).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo(
            "urubu: FILE_NOT_USABLE: standard input: it can be read only once; name it (-) once\n");
  }

  @Test
  void stopsWhereNobodyTakesTheResults() {
    String ads = "A = 1\n\n".repeat(100_000);
    ByteArrayInputStream in = new ByteArrayInputStream(ads.getBytes(StandardCharsets.UTF_8));
    PrintWriter told = new PrintWriter(err);

    assertThat(Main.run(in, full(), told, Map.of(), "classad", "eval", "--ads", "-", "A"))
        .isEqualTo(1);
    assertThat(in.available()).isGreaterThan(ads.length() / 2);
    assertThat(err.toString())
        .isEqualTo(
            "urubu: standard output: cannot be written: its reader has left, or its disk is full\n");
    assertThat(Main.run(full(), told, Map.of(), "classad", "eval", "1")).isEqualTo(1);
  }

  private static PrintWriter full() {
    return new PrintWriter(
        new FilterWriter(new StringWriter()) {
          @Override
          public void flush() throws IOException {
            throw new IOException("no space left");
          }
        });
  }

  @Test
  void oneAdIsNeededWhereOneIsMeant() throws Exception {
    String many = file("many.ad", MACHINES);
    String none = file("none.ad", "\n");

    assertThat(run("", "match", many, many)).isEqualTo(1);
    assertThat(err.toString()).contains("many.ad: there is more than one ad in it");
    assertThat(run("", "match", none, many)).isEqualTo(1);
    assertThat(err.toString()).contains("none.ad: there is no ad in it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"eval", "match", "explain", "fmt --old --new", "fmt --expression --json", ""})
  void wrongUseIsToldWithTheSynopsis(String arguments) {
    assertThat(run("", arguments.isEmpty() ? new String[0] : arguments.split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains("Usage: urubu classad");
  }

  @Test
  void matchTellsBothSidesAsObjects() throws Exception {
    String job = file("job.ad", "[Requirements = TARGET.Memory > 15; Rank = TARGET.Memory / 3.0]");
    String machines =
        file("machines.ad", "[Memory = 10; Requirements = true]\n[Name = \"b\"; Memory = 20]\n");

    assertThat(run("", "match", "--json", job, machines)).isZero();
    assertThat(out.toString().replace(folder + "/", ""))
        .isEqualTo(
            """
            [
            {
              "JobAccepts": false,
              "JobRank": 3.333333333333333,
              "MachineAccepts": true,
              "MachineRank": 0.0,
              "Matches": false,
              "Name": "machines.ad"
            }
            ,
            {
              "JobAccepts": true,
              "JobRank": 6.666666666666667,
              "MachineAccepts": false,
              "MachineRank": 0.0,
              "Matches": false,
              "Name": "b"
            }
            ]
            """);
    assertThat(run("", "match", job, machines)).isZero();
    assertThat(out.toString()).contains("no     accepts  refuses       6.66667             0  b\n");
  }

  @Test
  void explanationsAreObjectsForPrograms() throws Exception {
    String job = file("job.ad", "[Requirements = TARGET.Memory > Need; Need = 5 * 3]");
    String machine = file("machine.ad", "[Name = \"m\"; Memory = 10; Requirements = true]");

    assertThat(run("", "explain", "--json", job, machine)).isZero();
    ClassAd left = Ads.read(out.toString(), "").getFirst().ad("Explanation").orElseThrow();
    assertThat(left.string("Outcome")).contains("FALSE");
    assertThat(left.toString())
        .contains(
            "Attribute = \"Requirements\"; Column = 1",
            "Text = \"TARGET.Memory > Need\"",
            "[Side = \"TARGET\"; Name = \"Memory\"; There = true; Value = \"10\"]",
            "[Side = \"MY\"; Name = \"Need\"; There = true; Value = \"15\"; Definition = \"5 * 3\"]");
    assertThat(out.toString()).contains("\"My\": \"m\"");
  }

  @Test
  void formatsManyAdsAndKeepsTheirFormWhereNoneIsAskedFor() {
    assertThat(run(MACHINES, "fmt")).isZero();
    assertThat(out)
        .hasToString("{\n[ Name = \"a\"; Memory = 10 ]\n,\n[ Name = \"b\"; Memory = 20 ]\n}\n");
    assertThat(run(MACHINES, "fmt", "--old", "--sort")).isZero();
    assertThat(out).hasToString("Memory = 10\nName = \"a\"\n\nMemory = 20\nName = \"b\"\n\n");
    assertThat(run(out.toString(), "fmt", "--json")).isZero();
    assertThat(run(out.toString(), "fmt", "--xml")).isZero();
    assertThat(run(out.toString(), "fmt", "--old")).isZero();
    assertThat(out).hasToString("Memory = 10\nName = \"a\"\n\nMemory = 20\nName = \"b\"\n\n");
  }

  @Test
  void formatsAndChecksExpressions() {
    assertThat(run("a&&size(1,2)", "fmt", "--expression")).isZero();
    assertThat(out).hasToString("a && size(1, 2)\n");
    assertThat(run("a&&size(1,2)", "fmt", "--expression", "--check")).isEqualTo(1);
    assertThat(out.toString()).startsWith("standard input:1:4: size() takes 1 argument, not 2\n");
    assertThat(run("a && size(l)", "fmt", "--expression", "--check")).isZero();
    assertThat(run(MACHINES, "fmt", "--check")).isZero();
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aManyLinedStreamIsPrintedAsItComes() {
    StringBuilder ads = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      ads.append("A = ").append(i).append("\n\n");
    }

    assertThat(run(ads.append("A = (").toString(), "eval", "--ads", "-", "A")).isEqualTo(1);
    assertThat(out.toString().lines()).hasSize(20_000);
    assertThat(err.toString()).startsWith("urubu: standard input:40001:6: unexpected end");
  }
}
