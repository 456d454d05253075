package io.urubu.cli.demo;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What became of a job whose workstation's owner came back.
 *
 * @param places the workstations that it ran on, in order
 * @param stops from each owner's first key until every process of the job stood still
 * @param leavings from each owner's first key until it had left, its checkpoint committed
 * @param gaps from each leaving until it ran elsewhere
 * @param sizes bytes of each checkpoint
 * @param saves how long each checkpoint took
 * @param whole from its first start to its end
 */
record Journey(
    List<String> places,
    List<Duration> stops,
    List<Duration> leavings,
    List<Duration> gaps,
    List<Long> sizes,
    List<Duration> saves,
    Duration whole) {
  Journey {
    places = List.copyOf(places);
    stops = List.copyOf(stops);
    leavings = List.copyOf(leavings);
    gaps = List.copyOf(gaps);
    sizes = List.copyOf(sizes);
    saves = List.copyOf(saves);
  }

  /** True when no place is the one before. */
  boolean alwaysMoved() {
    return IntStream.range(1, places.size())
        .noneMatch(i -> places.get(i).equals(places.get(i - 1)));
  }
}
