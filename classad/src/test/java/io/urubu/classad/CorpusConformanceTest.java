package io.urubu.classad;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.ast.Node;
import io.urubu.classad.eval.AbortException;
import io.urubu.classad.eval.Attributes;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.eval.Scope;
import io.urubu.classad.eval.Trees;
import io.urubu.classad.parse.ParseException;
import io.urubu.classad.parse.Parser;
import io.urubu.classad.parse.Syntax;
import io.urubu.classad.plan.Formula;
import io.urubu.classad.plan.Kept;
import io.urubu.classad.print.Printer;
import io.urubu.classad.print.Style;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Compares the values of expressions with what HTCondor 23.9.6 printed. */
@Tag("unit")
class CorpusConformanceTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-20T20:00:00Z"), ZoneOffset.UTC);
  private static final TimeZone ZONE = TimeZone.getDefault();

  @BeforeAll
  static void standInUtc() {
    TimeZone.setDefault(TimeZone.getTimeZone(ZoneOffset.UTC));
  }

  @AfterAll
  static void goHome() {
    TimeZone.setDefault(ZONE);
  }

  @Test
  void valuesAreThoseThatWereRecorded() throws IOException {
    Conformance conformance = new Conformance();
    List<GoldenTables.Row> rows = GoldenTables.read("corpus");

    conformance.judge(rows, CorpusConformanceTest::difference);

    conformance.check("Expressions: exact values");
    if (GoldenTables.areOwn()) {
      conformance.checkDeviations(rows);
      assertThat(rows).hasSizeGreaterThan(4000);
    }
  }

  private static String difference(GoldenTables.Row row) {
    String seen = outcome(row, Style.CANONICAL_LONG);
    String wanted = row.get("expected");
    if (!same(row.get("compare"), seen, wanted)) {
      return describe(row, seen, wanted);
    }
    String wantedNew = row.get("expected_new").equals("=") ? wanted : row.get("expected_new");
    String seenNew = outcome(row, Style.CANONICAL);
    return !wantedNew.isEmpty() && !same(row.get("compare"), seenNew, wantedNew)
        ? describe(row, seenNew, wantedNew)
        : "";
  }

  private static String describe(GoldenTables.Row row, String seen, String wanted) {
    return String.format(
        "%s %s %s | %s -> %s, expected %s",
        row.get("id"),
        row.get("category"),
        row.get("context"),
        row.get("expression"),
        seen,
        wanted);
  }

  private static boolean same(String compare, String seen, String wanted) {
    return switch (compare) {
      case "adset" -> Arrays.equals(sortedWords(seen), sortedWords(wanted));
      case "sign" -> sign(seen).equals(sign(wanted));
      default -> seen.equals(wanted);
    };
  }

  private static String[] sortedWords(String text) {
    String[] words = text.split("[ ;]+");
    Arrays.sort(words);
    return words;
  }

  private static String sign(String number) {
    return number.matches("-?\\d+")
        ? Integer.toString(Long.signum(Long.parseLong(number)))
        : number;
  }

  private static String outcome(GoldenTables.Row row, Style style) {
    Syntax syntax = row.get("syntax").equals("old") ? Syntax.OLD : Syntax.NEW;
    Node node;
    Attributes context;
    Attributes target;
    try {
      context = attributes(row.get("context"), syntax);
      target = attributes(row.get("target"), Syntax.NEW);
    } catch (ParseException e) {
      return "context: " + e.getMessage();
    }
    try {
      node = Parser.expression(row.get("expression"), syntax);
    } catch (ParseException _) {
      return "!PARSE_ERROR";
    }
    Scope scope = row.get("target").isEmpty() ? Scope.of(context) : Scope.matched(context, target);
    Evaluation evaluation = new Evaluation(scope, CLOCK, Formula::read);
    try {
      Datum value = evaluation.run(Formula.of(node), scope);
      return Printer.print(Trees.of(value), style);
    } catch (AbortException | StackOverflowError _) { // as the public way to evaluate has it
      return "!EVAL_FAILURE";
    }
  }

  private static Attributes attributes(String text, Syntax syntax) throws ParseException {
    if (text.isEmpty()) {
      return Attributes.NONE;
    }
    return Kept.attributes(syntax == Syntax.OLD ? Parser.lines(text, Syntax.OLD) : Parser.ad(text));
  }
}
