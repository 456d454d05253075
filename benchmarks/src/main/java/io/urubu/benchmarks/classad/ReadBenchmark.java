package io.urubu.benchmarks.classad;

import io.urubu.classad.ClassAd;
import io.urubu.classad.Expression;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Time per ad or expression from text to what can be evaluated. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReadBenchmark {
  private static final int ADS = 2000;

  private List<String> lines = List.of();
  private List<String> bracketed = List.of();
  private String requirements = "";

  @Setup
  public void texts() {
    lines = texts(Machine::lines);
    bracketed = texts(Machine::bracketed);
    requirements = Texts.requirements();
  }

  private static List<String> texts(IntFunction<String> form) {
    return IntStream.range(0, ADS).mapToObj(form).toList();
  }

  @Benchmark
  @OperationsPerInvocation(ADS)
  public void longForm(Blackhole sink) throws Exception {
    for (String text : lines) {
      sink.consume(ClassAd.parse(text));
    }
  }

  @Benchmark
  @OperationsPerInvocation(ADS)
  public void newSyntax(Blackhole sink) throws Exception {
    for (String text : bracketed) {
      sink.consume(ClassAd.parse(text));
    }
  }

  @Benchmark
  public Expression requirements() throws Exception {
    return Expression.parse(requirements);
  }
}
