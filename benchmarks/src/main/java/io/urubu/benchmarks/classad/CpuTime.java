package io.urubu.benchmarks.classad;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * CPU time per operation of the whole process, compilation and garbage collection included: what
 * can be compared on a machine that does other things beside.
 */
public final class CpuTime implements InternalProfiler {
  static final String LABEL = "cpu";

  private final OperatingSystemMXBean process =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private long before;

  @Override
  public String getDescription() {
    return "CPU time of the process per operation";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    before = process.getProcessCpuTime();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double nanos = process.getProcessCpuTime() - before;
    double operations = result.getMetadata().getAllOps();
    double units = (double) benchmark.getTimeUnit().convert(1, TimeUnit.SECONDS) / 1e9;
    return List.of(
        new ScalarResult(
            LABEL,
            nanos * units / operations,
            unit(benchmark.getTimeUnit()) + "/op",
            AggregationPolicy.AVG));
  }

  private static String unit(TimeUnit unit) {
    return unit == TimeUnit.MICROSECONDS ? "us" : "ns";
  }
}
