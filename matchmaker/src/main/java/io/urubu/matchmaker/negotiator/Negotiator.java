package io.urubu.matchmaker.negotiator;

import io.urubu.identity.Secret;
import io.urubu.matchmaker.collector.DemandBook;
import io.urubu.matchmaker.collector.DemandKey;
import io.urubu.matchmaker.collector.MachineBook;
import io.urubu.matchmaker.collector.MatchOrder;
import io.urubu.matchmaker.collector.StartdLink;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out one negotiation at a time: reads the books, decides, tells both sides. */
public final class Negotiator {
  private static final Logger log = LoggerFactory.getLogger(Negotiator.class);

  private final MachineBook machines;
  private final DemandBook demands;
  private final ToDoubleFunction<String> effectivePriority;
  private final SecureRandom random;

  public Negotiator(
      MachineBook machines,
      DemandBook demands,
      ToDoubleFunction<String> effectivePriority,
      SecureRandom random) {
    this.machines = machines;
    this.demands = demands;
    this.effectivePriority = effectivePriority;
    this.random = random;
  }

  /** Returns how many matches it made. */
  int negotiate() {
    demands.tell(machines.significantAttributes());
    Market market =
        new Market(
            machines.freeSlots(), demands.waiting(), machines.slotsByUser(), effectivePriority);
    List<Pairing> pairings = NegotiationDecider.decide(market);
    int made = 0;
    for (Pairing pairing : pairings) {
      if (match(pairing)) {
        made++;
      }
    }
    return made;
  }

  /** The books moved on while the negotiation thought: either side may be gone by now. */
  private boolean match(Pairing pairing) {
    DemandKey demand = pairing.demand();
    Optional<DemandBook.Taker> schedd = demands.take(demand);
    if (schedd.isEmpty()) {
      return false;
    }
    String slot = pairing.slot().name();
    Optional<StartdLink> startd = machines.give(slot, demand.user());
    if (startd.isEmpty()) {
      demands.untake(demand);
      return false;
    }
    MatchOrder order =
        new MatchOrder(
            Secret.random(random), slot, pairing.slot().ad(), demand, schedd.get().claimAddress());
    schedd.get().link().matched(order);
    startd.get().matched(order);
    log.atInfo()
        .addKeyValue("slot", slot)
        .addKeyValue("schedd", demand.schedd())
        .addKeyValue("user", demand.user())
        .log("slot matched");
    return true;
  }
}
