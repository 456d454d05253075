package io.urubu.matchmaker.negotiator;

import io.urubu.matchmaker.collector.Demand;
import io.urubu.matchmaker.collector.Slot;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What one negotiation decides on.
 *
 * @param free slots, each once, in the order in which equally good ones are given
 * @param demands each key once
 * @param slotsByUser how many slots a user has already; none when absent
 * @param effectivePriority of a user: above zero, the larger the worse
 */
record Market(
    List<Slot> free,
    List<Demand> demands,
    Map<String, Integer> slotsByUser,
    ToDoubleFunction<String> effectivePriority) {
  Market {
    free = List.copyOf(free);
    demands = List.copyOf(demands);
    slotsByUser = Map.copyOf(slotsByUser);
  }
}
