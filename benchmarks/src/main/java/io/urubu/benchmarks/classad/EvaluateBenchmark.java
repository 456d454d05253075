package io.urubu.benchmarks.classad;

import io.urubu.classad.ClassAd;
import io.urubu.classad.Match;
import io.urubu.classad.Matcher;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** Time per machine when an expression, or a job, meets all of them in turn. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Texts.MACHINES)
public class EvaluateBenchmark {
  /** What a matchmaker asks: both Requirements, and the job's Rank if they hold. */
  @Benchmark
  public double match(Pool pool) {
    Matcher matcher = Matcher.of(pool.job, Pool.CLOCK);
    double ranks = 0;
    for (ClassAd machine : pool.machines) {
      if (matcher.matches(machine)) {
        ranks += matcher.rank(machine);
      }
    }
    return ranks;
  }

  /** The same when the job's ad is not prepared. */
  @Benchmark
  public double matchUnprepared(Pool pool) {
    double ranks = 0;
    for (ClassAd machine : pool.machines) {
      if (Match.matches(pool.job, machine, Pool.CLOCK)) {
        ranks += Match.rank(pool.job, machine, Pool.CLOCK);
      }
    }
    return ranks;
  }

  /** The same by way of an index over the machines. */
  @Benchmark
  public double matchIndexed(Pool pool) {
    Matcher matcher = Matcher.of(pool.job, Pool.CLOCK);
    double ranks = 0;
    for (ClassAd machine : pool.index.matching(matcher).toList()) {
      ranks += matcher.rank(machine);
    }
    return ranks;
  }

  /** Both Requirements and the job's Rank, whatever comes out of them. */
  @Benchmark
  public double everything(Pool pool) {
    Matcher matcher = Matcher.of(pool.job, Pool.CLOCK);
    double sum = 0;
    for (ClassAd machine : pool.machines) {
      sum += matcher.accepts(machine) ? 1 : 0;
      sum += Match.accepts(machine, pool.job, Pool.CLOCK) ? 1 : 0;
      sum += matcher.rank(machine);
    }
    return sum;
  }

  @Benchmark
  public int eightComparisons(Pool pool) {
    int hits = 0;
    for (ClassAd machine : pool.machines) {
      hits += pool.eight.isTrue(machine) ? 1 : 0;
    }
    return hits;
  }

  @Benchmark
  public int twentyTimesEight(Pool pool) {
    int hits = 0;
    for (ClassAd machine : pool.machines) {
      hits += pool.twentyEights.isTrue(machine) ? 1 : 0;
    }
    return hits;
  }
}
