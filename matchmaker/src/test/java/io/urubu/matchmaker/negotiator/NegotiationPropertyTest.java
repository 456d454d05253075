package io.urubu.matchmaker.negotiator;

import static io.urubu.matchmaker.negotiator.Ads.demand;
import static io.urubu.matchmaker.negotiator.Ads.slot;
import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.Match;
import io.urubu.matchmaker.collector.Demand;
import io.urubu.matchmaker.collector.DemandKey;
import io.urubu.matchmaker.collector.Slot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the market, some things always hold. {@code SEED=n} plays one market again. */
@Tag("unit")
final class NegotiationPropertyTest {
  private static final int MARKETS = 300;

  static LongStream seeds() {
    return Optional.ofNullable(System.getenv("SEED"))
        .map(seed -> LongStream.of(Long.parseLong(seed)))
        .orElseGet(() -> LongStream.range(0, MARKETS));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void decisionsAreSound(long seed) {
    Market market = market(new Random(seed));

    List<Pairing> pairings = NegotiationDecider.decide(market);

    noSlotIsGivenTwice(market, pairings);
    noDemandGetsMoreThanItAsks(market, pairings);
    bothSidesAgree(market, pairings);
    nothingStaysFreeThatSuitsAWaitingJob(market, pairings);
    assertThat(NegotiationDecider.decide(market)).isEqualTo(pairings);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void slicesOfUsersThatWantEverythingFollowTheirPriorities(long seed) {
    Random random = new Random(seed);
    int slots = 1 + random.nextInt(200);
    List<FairShare.Bidder> bidders = new ArrayList<>();
    for (int user = 0; user < 1 + random.nextInt(6); user++) {
      bidders.add(new FairShare.Bidder("user" + user, slots, 0, 500 + random.nextInt(5000)));
    }

    Map<String, Long> slices = FairShare.slices(bidders, slots);

    double weights = bidders.stream().mapToDouble(b -> 1 / b.effectivePriority()).sum();
    assertThat(slices.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(slots);
    for (FairShare.Bidder bidder : bidders) {
      double exact = slots / bidder.effectivePriority() / weights;
      assertThat((double) slices.getOrDefault(bidder.user(), 0L))
          .isBetween(Math.floor(exact) - bidders.size(), Math.ceil(exact) + bidders.size());
    }
  }

  private static Market market(Random random) {
    List<Slot> free = new ArrayList<>();
    for (int i = 0; i < random.nextInt(30); i++) {
      String start = random.nextInt(4) == 0 ? "TARGET.Size > " + random.nextInt(4) : "true";
      free.add(
          slot(
              "slot%02d@ws".formatted(i),
              "Start = %s; Memory = %d; Kind = %d"
                  .formatted(start, random.nextInt(5), random.nextInt(3))));
    }
    List<Demand> demands = new ArrayList<>();
    Map<String, Integer> slotsByUser = new HashMap<>();
    Map<String, Double> priorityByUser = new HashMap<>();
    for (int user = 0; user < random.nextInt(5); user++) {
      slotsByUser.put("user" + user, random.nextInt(8));
      priorityByUser.put("user" + user, 500.0 + random.nextInt(3000));
      for (int autocluster = 0; autocluster < random.nextInt(4); autocluster++) {
        demands.add(
            demand(
                "user" + user,
                autocluster,
                1 + random.nextInt(12),
                random.nextInt(3),
                "Size = %d; Requirements = TARGET.Memory >= %d; %s"
                    .formatted(
                        random.nextInt(5),
                        random.nextInt(6),
                        random.nextBoolean() ? "Rank = TARGET.Kind" : "")));
      }
    }
    return new Market(free, demands, slotsByUser, priorityByUser::get);
  }

  private static void noSlotIsGivenTwice(Market market, Collection<Pairing> pairings) {
    Set<String> given = new HashSet<>();
    for (Pairing pairing : pairings) {
      assertThat(given.add(pairing.slot().name())).isTrue();
      assertThat(market.free()).contains(pairing.slot());
    }
  }

  private static void noDemandGetsMoreThanItAsks(Market market, Collection<Pairing> pairings) {
    Map<DemandKey, Integer> got = got(pairings);
    for (Demand demand : market.demands()) {
      assertThat(got.getOrDefault(demand.key(), 0)).isLessThanOrEqualTo(demand.idle());
    }
  }

  private static void bothSidesAgree(Market market, Collection<Pairing> pairings) {
    for (Pairing pairing : pairings) {
      assertThat(market.demands())
          .anyMatch(
              demand ->
                  demand.key().equals(pairing.demand())
                      && Match.matches(demand.ad(), pairing.slot().ad()));
    }
  }

  private static void nothingStaysFreeThatSuitsAWaitingJob(
      Market market, Collection<Pairing> pairings) {
    Map<DemandKey, Integer> got = got(pairings);
    List<Slot> left = new ArrayList<>(market.free());
    pairings.forEach(pairing -> left.remove(pairing.slot()));
    for (Demand demand : market.demands()) {
      if (got.getOrDefault(demand.key(), 0) < demand.idle()) {
        assertThat(left).noneMatch(slot -> Match.matches(demand.ad(), slot.ad()));
      }
    }
  }

  private static Map<DemandKey, Integer> got(Collection<Pairing> pairings) {
    Map<DemandKey, Integer> got = new HashMap<>();
    pairings.forEach(pairing -> got.merge(pairing.demand(), 1, Integer::sum));
    return got;
  }
}
