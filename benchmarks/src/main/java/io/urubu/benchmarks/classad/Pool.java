package io.urubu.benchmarks.classad;

import io.urubu.classad.AdIndex;
import io.urubu.classad.ClassAd;
import io.urubu.classad.Expression;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** All machines, read, and a job. */
@State(Scope.Benchmark)
public class Pool {
  /** Reading the real clock is not part of the language. */
  static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  final Expression eight = Texts.expression(Texts.EIGHT);
  final Expression twentyEights = Texts.expression(Texts.TWENTY_EIGHTS);
  final ClassAd job = Texts.ad(Texts.JOB);
  List<ClassAd> machines = List.of();
  AdIndex<ClassAd> index = AdIndex.of(List.of());

  @Setup
  public void read() {
    machines = Texts.machines();
    index = AdIndex.of(machines);
  }
}
