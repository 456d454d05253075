package io.urubu.matchmaker.collector;

import java.util.SortedSet;

/** The way back to a connected schedd. Calls return at once and never throw. */
public interface ScheddLink {
  void matched(MatchOrder order);

  /** The job attributes by which the schedd must tell jobs apart from now on. */
  void significantAttributes(SortedSet<String> names);

  /** Ends the stream. */
  void close(String reason);
}
