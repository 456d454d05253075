package io.urubu.benchmarks.classad;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * CPU time per operation of all threads, those that collect garbage too, but not those that
 * compile: what can be compared on a machine that does other things beside. Linux only.
 */
public final class CpuTime implements InternalProfiler {
  static final String LABEL = "cpu";

  private static final Path THREADS = Path.of("/proc/self/task");

  private long before;

  @Override
  public String getDescription() {
    return "CPU time of the process per operation";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    before = nanos();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double nanos = (double) nanos() - before;
    double operations = result.getMetadata().getAllOps();
    double units = (double) benchmark.getTimeUnit().convert(1, TimeUnit.SECONDS) / 1e9;
    return List.of(
        new ScalarResult(
            LABEL,
            nanos * units / operations,
            unit(benchmark.getTimeUnit()) + "/op",
            AggregationPolicy.AVG));
  }

  private static long nanos() {
    long sum = 0;
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
      for (Path thread : threads) {
        sum += nanos(thread);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sum;
  }

  private static long nanos(Path thread) throws IOException {
    try {
      boolean compiles = Files.readString(thread.resolve("comm")).matches("C[12] Compiler.*\\s*");
      String times = Files.readString(thread.resolve("schedstat"));
      return compiles ? 0 : Long.parseLong(times.substring(0, times.indexOf(' ')));
    } catch (IOException _) {
      return 0; // it has just ended
    }
  }

  private static String unit(TimeUnit unit) {
    return unit == TimeUnit.MICROSECONDS ? "us" : "ns";
  }
}
