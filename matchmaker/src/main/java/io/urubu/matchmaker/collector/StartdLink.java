package io.urubu.matchmaker.collector;

/** The way back to a connected startd. Calls return at once and never throw. */
public interface StartdLink {
  void matched(MatchOrder order);

  /** Ends the stream. */
  void close(String reason);
}
