package io.urubu.classad;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.eval.AbortException;
import io.urubu.classad.eval.Attributes;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.eval.Scope;
import io.urubu.classad.eval.Trees;
import io.urubu.classad.plan.Formula;
import io.urubu.classad.print.Printer;
import io.urubu.classad.print.Style;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Compares the matches of jobs and machines with what HTCondor 23.9.6 decided. */
@Tag("unit")
class MatchConformanceTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-20T20:00:00Z"), ZoneOffset.UTC);

  @Test
  void matchesAreThoseThatWereRecorded() throws IOException {
    Conformance conformance = new Conformance();
    List<GoldenTables.Row> rows = GoldenTables.read("match");

    conformance.judge(rows, MatchConformanceTest::difference);

    if (!rows.isEmpty()) {
      conformance.check("Matches: exact in each column");
    }
    if (GoldenTables.areOwn()) {
      conformance.checkDeviations(rows);
      assertThat(rows).hasSizeGreaterThan(300);
    }
  }

  private static String difference(GoldenTables.Row row) {
    StringBuilder difference = new StringBuilder();
    outcome(row)
        .forEach(
            (column, seen) -> {
              if (!seen.equals(row.get(column))) {
                difference.append(
                    String.format(
                        "%s %s is %s, expected %s; ",
                        row.get("id"), column, seen, row.get(column)));
              }
            });
    return difference.isEmpty()
        ? ""
        : difference.append(row.get("job")).append(" | ").append(row.get("machine")).toString();
  }

  private static Map<String, String> outcome(GoldenTables.Row row) {
    Map<String, String> outcome = new LinkedHashMap<>();
    try {
      ClassAd job = ClassAd.parse(row.get("job"));
      ClassAd machine = ClassAd.parse(row.get("machine"));
      boolean accepted = Match.accepts(job, machine, CLOCK);
      outcome.put("job_req_ok", Boolean.toString(accepted));
      outcome.put("machine_req_ok", Boolean.toString(Match.accepts(machine, job, CLOCK)));
      outcome.put("match", Boolean.toString(Match.matches(job, machine, CLOCK)));
      outcome.put("job_rank", raw(job, "rank", machine));
      outcome.put("machine_rank", raw(machine, "rank", job));
      outcome.put("job_requirements_value", raw(job, "requirements", machine));
      outcome.put("machine_requirements_value", raw(machine, "requirements", job));
    } catch (ClassAdSyntaxException e) {
      outcome.put("match", e.getMessage());
    }
    return outcome;
  }

  private static String raw(ClassAd my, String key, ClassAd target) {
    Attributes.Attribute attribute = my.attributes().find(key);
    if (attribute == null) {
      return "!MISSING";
    }
    Scope scope = Scope.matched(my.attributes(), target.attributes());
    Evaluation evaluation = new Evaluation(scope, CLOCK, Formula::read);
    try {
      return Printer.print(
          Trees.of(evaluation.run(attribute.program(), scope)), Style.CANONICAL_LONG);
    } catch (AbortException | StackOverflowError _) { // as the public way to evaluate has it
      return "!EVAL_FAILURE";
    }
  }
}
