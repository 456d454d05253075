package io.urubu.benchmarks.classad;

import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.classad.Expression;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The ads and expressions that are measured; the same ones go to the peer. */
final class Texts {
  static final int MACHINES = 50_000;

  /** A query whose answer is about half of the machines. */
  static final String LARGE = "Memory > 4000 && Arch==\"X86_64\"";

  /** A query that nothing answers. */
  static final String NONE = "Memory > 400000000";

  /** A query for one machine. */
  static final String ONE = "Name == \"" + Machine.name(31_234) + "\"";

  /** Eight comparisons; two of them are behind an OR that is mostly decided before. */
  static final String EIGHT = comparisons(0);

  /** Twenty times eight comparisons, each with numbers of its own. */
  static final String TWENTY_EIGHTS =
      IntStream.range(0, 20).mapToObj(Texts::comparisons).collect(Collectors.joining(" && "));

  static final String JOB = Template.of("job.ad").with(Map.of());

  private Texts() {}

  private static String comparisons(int copy) {
    return """
        ((Arch == "X86_64" || Arch == "aarch64") && (OpSys == "LINUX" || OpSys == "WINDOWS") \
        && (Memory >= %d) && (Disk >= %d) && (LoadAvg < %d.5) && (KeyboardIdle >= -%d))"""
        .formatted(500 + copy % 7, 1000 + copy, 1 + copy % 5, copy + 1);
  }

  /** A job's Requirements, as it stands in the job. */
  static String requirements() {
    return JOB.lines()
        .filter(line -> line.startsWith("Requirements = "))
        .findFirst()
        .orElseThrow()
        .substring("Requirements = ".length());
  }

  static Expression expression(String text) {
    try {
      return Expression.parse(text);
    } catch (ClassAdSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static ClassAd ad(String text) {
    try {
      return ClassAd.parse(text);
    } catch (ClassAdSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<ClassAd> machines() {
    return IntStream.range(0, MACHINES).mapToObj(n -> ad(Machine.lines(n))).toList();
  }
}
