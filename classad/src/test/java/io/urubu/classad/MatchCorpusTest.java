package io.urubu.classad;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Compares the matches of jobs and machines with what HTCondor 23.9.6 decided. */
@Tag("unit")
class MatchCorpusTest {
  private static final int AGREEMENTS = 333;

  @Test
  void matchesWhatWasRecorded() throws Exception {
    List<Goldens.Row> rows = Goldens.read("match.tsv");
    StringBuilder differences = new StringBuilder();
    int agreements = 0;
    for (Goldens.Row row : rows) {
      ClassAd job = ClassAd.parse(row.get("job"));
      ClassAd machine = ClassAd.parse(row.get("machine"));
      boolean wanted = Boolean.parseBoolean(row.get("match"));
      if (Match.matches(job, machine) == wanted
          && sameRank(Match.rank(job, machine), row.get("job_rank"))
          && sameRank(Match.rank(machine, job), row.get("machine_rank"))) {
        agreements++;
      } else {
        differences.append(row).append('\n');
      }
    }

    assertThat(agreements).as(differences.toString()).isGreaterThanOrEqualTo(AGREEMENTS);
    assertThat(rows).hasSizeGreaterThan(300);
  }

  private static boolean sameRank(double seen, String raw) {
    if (raw.equals("real(\"INF\")")) {
      return seen == Double.POSITIVE_INFINITY;
    }
    try {
      return seen == Double.parseDouble(raw);
    } catch (NumberFormatException _) {
      return seen == (raw.equals("true") ? 1 : 0);
    }
  }
}
