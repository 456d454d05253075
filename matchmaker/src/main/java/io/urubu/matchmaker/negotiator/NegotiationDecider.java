package io.urubu.matchmaker.negotiator;

import io.urubu.classad.AdIndex;
import io.urubu.matchmaker.collector.Demand;
import io.urubu.matchmaker.collector.Slot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Decides who gets which slot. The best user, by effective priority, chooses first, within its
 * slice; of one user's autoclusters that with the highest job priority. What a user cannot use is
 * shared out again, so no slot stays free that suits a job that waits.
 */
final class NegotiationDecider {
  private final Market market;
  private final AdIndex<Slot> free;
  private final Set<String> taken = new HashSet<>();
  private final List<Pairing> pairings = new ArrayList<>();

  private NegotiationDecider(Market market) {
    this.market = market;
    this.free = AdIndex.of(market.free(), Slot::ad);
  }

  static List<Pairing> decide(Market market) {
    return new NegotiationDecider(market).run();
  }

  private List<Pairing> run() {
    List<Buyer> buyers = buyers();
    while (!buyers.isEmpty() && taken.size() < market.free().size()) {
      Map<String, Long> sliceByUser =
          FairShare.slices(
              buyers.stream().map(Buyer::bid).toList(), market.free().size() - taken.size());
      buyers.removeIf(buyer -> !buyer.buy(sliceByUser.getOrDefault(buyer.user, 0L)));
    }
    return List.copyOf(pairings);
  }

  private List<Buyer> buyers() {
    Map<String, List<Demand>> demandsByUser = new TreeMap<>();
    for (Demand demand : market.demands()) {
      demandsByUser.computeIfAbsent(demand.key().user(), _ -> new ArrayList<>()).add(demand);
    }
    List<Buyer> buyers = new ArrayList<>();
    demandsByUser.forEach((user, demands) -> buyers.add(new Buyer(user, demands)));
    buyers.sort(Comparator.comparingDouble((Buyer buyer) -> buyer.effectivePriority));
    return buyers;
  }

  /** One autocluster in this negotiation. */
  private final class Wish {
    final Demand demand;
    final Candidates candidates;
    int left;

    Wish(Demand demand) {
      this.demand = demand;
      this.candidates = new Candidates(demand.ad(), free);
      this.left = demand.idle();
    }

    /** Takes up to so many slots; forgets the rest of its jobs when no slot is left for them. */
    long take(long most) {
      long got = 0;
      while (got < most && left > 0) {
        Slot slot = candidates.next(taken).orElse(null);
        if (slot == null) {
          left = 0;
          break;
        }
        taken.add(slot.name());
        pairings.add(new Pairing(demand.key(), slot));
        left--;
        got++;
      }
      return got;
    }
  }

  /** One user in this negotiation. */
  private final class Buyer {
    private static final Comparator<Demand> MOST_URGENT =
        Comparator.comparingInt(Demand::jobPriority)
            .reversed()
            .thenComparing(demand -> demand.key().schedd())
            .thenComparingLong(demand -> demand.key().autocluster());

    final String user;
    final double effectivePriority;
    final List<Wish> wishes;
    long has;

    Buyer(String user, List<Demand> demands) {
      this.user = user;
      this.effectivePriority = market.effectivePriority().applyAsDouble(user);
      this.wishes = new ArrayList<>(demands.stream().sorted(MOST_URGENT).map(Wish::new).toList());
      this.has = market.slotsByUser().getOrDefault(user, 0);
    }

    FairShare.Bidder bid() {
      long wants = wishes.stream().mapToLong(wish -> wish.left).sum();
      return new FairShare.Bidder(user, wants, has, effectivePriority);
    }

    /** False when this user can use no further slot. */
    boolean buy(long slice) {
      long got = 0;
      for (Wish wish : wishes) {
        got += wish.take(slice - got);
      }
      has += got;
      wishes.removeIf(wish -> wish.left == 0);
      return !wishes.isEmpty();
    }
  }
}
