package io.urubu.benchmarks.classad;

import io.urubu.classad.AdIndex;
import io.urubu.classad.ClassAd;
import io.urubu.classad.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Time per query, from the constraint's text to the list of all machines that it holds for. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class QueryBenchmark {
  /** Which constraint. */
  public enum Constraint {
    LARGE(Texts.LARGE),
    NONE(Texts.NONE),
    ONE(Texts.ONE);

    private final String text;

    Constraint(String text) {
      this.text = text;
    }
  }

  @Param public Constraint constraint = Constraint.NONE;

  @Benchmark
  public List<ClassAd> scan(Pool pool) throws Exception {
    Expression expression = Expression.parse(constraint.text);
    List<ClassAd> found = new ArrayList<>();
    for (ClassAd machine : pool.machines) {
      if (expression.isTrue(machine)) {
        found.add(machine);
      }
    }
    return found;
  }

  @Benchmark
  public List<ClassAd> indexed(Pool pool) throws Exception {
    return pool.index.where(Expression.parse(constraint.text));
  }

  /** A first query, which makes the index. */
  @Benchmark
  public List<ClassAd> fresh(Pool pool) throws Exception {
    return AdIndex.of(pool.machines).where(Expression.parse(constraint.text));
  }
}
