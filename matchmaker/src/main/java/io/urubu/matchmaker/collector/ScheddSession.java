package io.urubu.matchmaker.collector;

import io.urubu.classad.ClassAd;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** One stream of one schedd. Its demand ends with it. */
public final class ScheddSession {
  final String schedd;
  final String claimAddress;
  final ScheddLink link;
  private final DemandBook book;

  // All of these are guarded by the book's lock.
  final Map<DemandKey, Line> lineByKey = new HashMap<>();
  SortedSet<String> told = new TreeSet<>();
  boolean hasBeenTold;
  long heardAt;

  /** What is known of an autocluster; kept when nothing of it waits, for its ad is said once. */
  record Line(ClassAd ad, int idle, int jobPriority) {}

  ScheddSession(
      String schedd, String claimAddress, ScheddLink link, DemandBook book, long heardAt) {
    this.schedd = schedd;
    this.claimAddress = claimAddress;
    this.link = link;
    this.book = book;
    this.heardAt = heardAt;
  }

  /**
   * Replaces what was said of the autocluster.
   *
   * @param ad empty when it was said before on this stream
   * @param idle how many jobs wait; 0 withdraws the demand
   */
  public void demand(String user, long autocluster, Optional<ClassAd> ad, int idle, int jobPriority)
      throws RefusedException {
    book.demand(this, new DemandKey(schedd, user, autocluster), ad, idle, jobPriority);
  }

  /** The schedd is alive. */
  public void heard() throws RefusedException {
    book.heard(this);
  }

  /** The stream has ended. */
  public void close() {
    book.close(this);
  }
}
