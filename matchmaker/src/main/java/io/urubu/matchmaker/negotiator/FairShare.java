package io.urubu.matchmaker.negotiator;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Cuts the free slots into slices. All slots that the bidding users have or may get count as one
 * pie; a user's slice is as the inverse of its effective priority, and what it has already counts
 * as eaten. What a user does not want goes to the others.
 */
final class FairShare {
  private FairShare() {}

  /**
   * A user that wants slots.
   *
   * @param wants how many more it can use
   * @param has how many it has
   * @param effectivePriority above zero, the larger the worse
   */
  record Bidder(String user, long wants, long has, double effectivePriority) {
    /** Who is lowest after getting one more is furthest below its slice. */
    private double level(long got) {
      return (has + got + 1) * effectivePriority;
    }
  }

  private record Turn(Bidder bidder, long got) {
    private static final Comparator<Turn> FURTHEST_BELOW =
        Comparator.comparingDouble((Turn turn) -> turn.bidder.level(turn.got))
            .thenComparing(turn -> turn.bidder.effectivePriority)
            .thenComparing(turn -> turn.bidder.user);
  }

  /**
   * Shares out so many slots, all of them when they are wanted.
   *
   * @return how many each bidder gets, by user
   */
  static Map<String, Long> slices(List<Bidder> bidders, long slots) {
    Map<String, Long> sliceByUser = new HashMap<>();
    PriorityQueue<Turn> turns = new PriorityQueue<>(Turn.FURTHEST_BELOW);
    for (Bidder bidder : bidders) {
      sliceByUser.put(bidder.user, 0L);
      if (bidder.wants > 0) {
        turns.add(new Turn(bidder, 0));
      }
    }
    for (long left = slots; left > 0 && !turns.isEmpty(); left--) {
      Turn turn = turns.remove();
      long got = turn.got + 1;
      sliceByUser.put(turn.bidder.user, got);
      if (got < turn.bidder.wants) {
        turns.add(new Turn(turn.bidder, got));
      }
    }
    return sliceByUser;
  }
}
