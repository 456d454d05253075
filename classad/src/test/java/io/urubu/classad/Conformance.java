package io.urubu.classad;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Counts how many recorded cases come out exactly, and says which do not. */
final class Conformance {
  private static final double REQUIRED = 0.99;
  private static final int SHOWN = Integer.getInteger("conformance.shown", 40);

  private final Map<String, int[]> byCategory = new TreeMap<>();
  private final List<String> differences = new ArrayList<>();
  private final List<String> reported = new ArrayList<>();
  private final Map<String, String> reasons = new HashMap<>();
  private final Set<String> deviating = new HashSet<>();
  private int deviations;

  Conformance() throws IOException {
    for (GoldenTables.Row row : GoldenTables.readOwn("deviations.tsv")) {
      reasons.put(key(row.get("context"), row.get("expression")), row.get("reason"));
    }
  }

  /** Judges each row; an empty answer means that it is exact. */
  void judge(List<GoldenTables.Row> rows, Function<GoldenTables.Row, String> difference) {
    for (GoldenTables.Row row : rows) {
      int[] counts = byCategory.computeIfAbsent(row.get("category"), _ -> new int[2]);
      counts[1]++;
      String found = difference.apply(row);
      if (found.isEmpty()) {
        counts[0]++;
      } else if (row.fields().getOrDefault("compare", "").equals("x86")) {
        counts[1]--;
        reported.add(found);
      } else if (isKnown(row)) {
        deviations++;
      } else {
        differences.add(found);
      }
    }
  }

  private boolean isKnown(GoldenTables.Row row) {
    String key = key(row);
    if (reasons.containsKey(key)) {
      deviating.add(key);
      return true;
    }
    return false;
  }

  /** Ids are stable within one build of the corpus only; what a case says is its identity. */
  private static String key(GoldenTables.Row row) {
    return row.fields().containsKey("job")
        ? key(row.get("job"), row.get("machine"))
        : key(row.get("context"), row.get("expression"));
  }

  private static String key(String first, String second) {
    return first + '\0' + second;
  }

  /** Prints the counts, and fails if too many cases differ. */
  void check(String title) {
    int exact = byCategory.values().stream().mapToInt(counts -> counts[0]).sum();
    int total = byCategory.values().stream().mapToInt(counts -> counts[1]).sum();
    StringBuilder report = new StringBuilder(title).append('\n');
    byCategory.forEach((category, counts) -> line(report, category, counts[0], counts[1]));
    line(report, "total", exact, total);
    report.append("  on purpose different: ").append(deviations).append('\n');
    list(report, "  differs on other machines, not required:", reported);
    list(report, "  differs:", differences);
    print(report.toString());

    assertThat((double) exact).as(report.toString()).isGreaterThanOrEqualTo(REQUIRED * total);
    if (GoldenTables.areOwn()) {
      assertThat(differences).as("neither exact nor in deviations.tsv").isEmpty();
    }
  }

  /** Each listed deviation of this kind has to be one still. */
  void checkDeviations(List<GoldenTables.Row> rows) {
    Set<String> stale = new HashSet<>();
    for (GoldenTables.Row row : rows) {
      String key = key(row);
      if (reasons.containsKey(key) && !deviating.contains(key)) {
        stale.add(key);
      }
    }
    assertThat(stale).as("listed as deviations, yet exact").isEmpty();
  }

  private static void line(StringBuilder report, String name, int exact, int total) {
    report.append(
        String.format("  %-22s %5d of %5d  %6.2f %%%n", name, exact, total, 100.0 * exact / total));
  }

  private static void list(StringBuilder report, String title, List<String> lines) {
    if (!lines.isEmpty()) {
      report.append(title).append('\n');
      lines.stream().limit(SHOWN).forEach(line -> report.append("    ").append(line).append('\n'));
    }
  }

  @SuppressWarnings("SystemOut") // the report is what people run this test for
  private static void print(String report) {
    System.out.println(report);
  }
}
