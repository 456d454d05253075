package io.urubu.benchmarks.classad;

import io.urubu.classad.ClassAd;
import io.urubu.classad.Expression;
import io.urubu.classad.Match;
import io.urubu.classad.Matcher;
import java.util.List;

/** What must come out of the measured work; a peer that prints something else did other work. */
final class Checks {
  private Checks() {}

  static void print() {
    List<ClassAd> machines = Texts.machines();
    ClassAd job = Texts.ad(Texts.JOB);
    Matcher matcher = Matcher.of(job, Pool.CLOCK);
    long matches = 0;
    long accepted = 0;
    double ranks = 0;
    for (ClassAd machine : machines) {
      accepted += Match.accepts(machine, job, Pool.CLOCK) ? 1 : 0;
      if (matcher.matches(machine)) {
        matches++;
        ranks += matcher.rank(machine);
      }
    }
    line("matches", matches);
    line("accepted", accepted);
    line("ranks", Math.round(ranks));
    line("attributes", machines.stream().mapToLong(ClassAd::size).sum());
    for (var subject : Subjects.expressions().entrySet()) {
      Expression expression = Texts.expression(subject.getValue());
      line(subject.getKey(), machines.stream().filter(expression::isTrue).count());
    }
  }

  private static void line(String name, long value) {
    System.out.println("check." + name + "\t" + value + "\t");
  }
}
