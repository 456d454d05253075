package io.urubu.schedd.negotiate;

import io.urubu.classad.ClassAd;
import io.urubu.protocol.id.JobId;
import java.time.Instant;
import java.util.Comparator;
import java.util.TreeMap;

/** Waiting jobs of one user that no machine can tell apart. */
final class Autocluster {

  /** The order in which the jobs of a user run. */
  record Place(int priority, Instant submitted, JobId id) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparingInt(Place::priority)
            .reversed()
            .thenComparing(Place::submitted)
            .thenComparing(Place::id);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  final long id;
  final String user;

  /** What matters for matching. */
  final ClassAd ad;

  final TreeMap<Place, JobId> waiting = new TreeMap<>();

  /** Matches that are on their way and will take a job each. */
  int expected;

  Autocluster(long id, String user, ClassAd ad) {
    this.id = id;
    this.user = user;
    this.ad = ad;
  }

  Demand demand() {
    int idle = Math.max(0, waiting.size() - expected);
    int priority = waiting.isEmpty() ? 0 : waiting.firstKey().priority();
    return new Demand(user, id, ad, idle, priority);
  }
}
