package io.urubu.matchmaker.collector;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/** Both kinds of link; remembers what it was told. */
final class Recorder implements StartdLink, ScheddLink {
  final List<MatchOrder> orders = new ArrayList<>();
  final List<SortedSet<String>> told = new ArrayList<>();
  final List<String> closed = new ArrayList<>();

  @Override
  public void matched(MatchOrder order) {
    orders.add(order);
  }

  @Override
  public void significantAttributes(SortedSet<String> names) {
    told.add(names);
  }

  @Override
  public void close(String reason) {
    closed.add(reason);
  }
}
