package io.urubu.benchmarks.classad;

import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** One line of the summary: CPU time per operation of one benchmark. */
record Figure(String name, double value, String unit) {
  static Figure of(RunResult result) {
    BenchmarkParams params = result.getParams();
    Result<?> cpu = Objects.requireNonNull(result.getSecondaryResults().get(CpuTime.LABEL));
    return new Figure(name(params), cpu.getScore(), cpu.getScoreUnit());
  }

  private static String name(BenchmarkParams params) {
    String full = params.getBenchmark();
    String method = full.substring(full.lastIndexOf('.') + 1);
    String parameters =
        params.getParamsKeys().stream()
            .map(params::getParam)
            .map(value -> "." + value.toLowerCase(Locale.ROOT))
            .collect(Collectors.joining());
    return method + parameters;
  }

  @Override
  public String toString() {
    return "%s\t%.4g\t%s".formatted(name, value, unit);
  }
}
