package io.urubu.matchmaker.negotiator;

import io.urubu.classad.AdIndex;
import io.urubu.classad.ClassAd;
import io.urubu.classad.Matcher;
import io.urubu.matchmaker.collector.Slot;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The slots that suit a job, best first: by the job's Rank, equal ones in the order given. Without
 * a Rank it looks no further than it must. Slots only ever get taken, so it never looks back.
 */
final class Candidates {
  private final Iterator<Slot> bestFirst;

  Candidates(ClassAd job, AdIndex<Slot> slots) {
    Matcher matcher = Matcher.of(job);
    Stream<Slot> suitable = slots.matching(matcher);
    this.bestFirst = job.has("Rank") ? ranked(matcher, suitable) : suitable.iterator();
  }

  private record Ranked(Slot slot, double rank) {}

  /** Ranks when the first is asked for: many are never asked. The sort is stable. */
  private static Iterator<Slot> ranked(Matcher matcher, Stream<Slot> suitable) {
    return suitable
        .map(slot -> new Ranked(slot, matcher.rank(slot.ad())))
        .sorted(Comparator.comparingDouble(Ranked::rank).reversed())
        .map(Ranked::slot)
        .iterator();
  }

  Optional<Slot> next(Set<String> taken) {
    while (bestFirst.hasNext()) {
      Slot slot = bestFirst.next();
      if (!taken.contains(slot.name())) {
        return Optional.of(slot);
      }
    }
    return Optional.empty();
  }
}
