package io.urubu.matchmaker.negotiator;

import static io.urubu.matchmaker.negotiator.Ads.demand;
import static io.urubu.matchmaker.negotiator.Ads.slot;
import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.matchmaker.collector.Demand;
import io.urubu.matchmaker.collector.DemandKey;
import io.urubu.matchmaker.collector.Slot;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
final class NegotiationDeciderTest {
  private static List<String> decide(List<Slot> free, List<Demand> demands) {
    return decide(free, demands, Map.of());
  }

  private static List<String> decide(
      List<Slot> free, List<Demand> demands, Map<String, Double> priorityByUser) {
    return NegotiationDecider.decide(
            new Market(free, demands, Map.of(), user -> priorityByUser.getOrDefault(user, 500.0)))
        .stream()
        .map(p -> p.demand().user() + "/" + p.demand().autocluster() + " " + p.slot().name())
        .toList();
  }

  private static List<Slot> slots(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> slot("slot" + i, "")).toList();
  }

  @Test
  void aDemandGetsNoMoreSlotsThanItHasJobs() {
    assertThat(decide(slots(3), List.of(demand("a", 1, 2, 0, ""))))
        .containsExactly("a/1 slot1", "a/1 slot2");
  }

  @Test
  void theBetterUserChoosesFirst() {
    List<Demand> demands = List.of(demand("a", 1, 1, 0, ""), demand("b", 1, 1, 0, ""));

    assertThat(decide(slots(1), demands, Map.of("a", 900.0, "b", 600.0)))
        .containsExactly("b/1 slot1");
  }

  @Test
  void usersShareTheSlotsHoweverManyJobsOneHas() {
    List<Demand> demands = List.of(demand("a", 1, 1000, 99, ""), demand("b", 1, 2, 0, ""));

    assertThat(decide(slots(4), demands))
        .containsExactly("a/1 slot1", "a/1 slot2", "b/1 slot3", "b/1 slot4");
  }

  @Test
  void aUsersJobsGoByTheirPriority() {
    List<Demand> demands = List.of(demand("a", 1, 1, -5, ""), demand("a", 2, 1, 10, ""));

    assertThat(decide(slots(1), demands)).containsExactly("a/2 slot1");
  }

  @Test
  void theJobsRankChoosesAndNamesBreakTies() {
    List<Slot> free =
        List.of(slot("slot1", "Mips = 5"), slot("slot2", "Mips = 9"), slot("slot3", "Mips = 9"));

    assertThat(decide(free, List.of(demand("a", 1, 3, 0, "Rank = TARGET.Mips"))))
        .containsExactly("a/1 slot2", "a/1 slot3", "a/1 slot1");
  }

  @Test
  void bothSidesRequirementsMustHold() {
    List<Slot> free =
        List.of(
            slot("slot1", "Memory = 512"),
            slot("slot2", "Memory = 4096; Start = TARGET.Owner == \"b\""),
            slot("slot3", "Memory = 4096"));
    List<Demand> demands =
        List.of(
            demand("a", 1, 3, 0, "Owner = \"a\"; Requirements = TARGET.Memory >= 1024"),
            demand("c", 1, 3, 0, "Requirements = TARGET.NoSuchThing > 1"));

    assertThat(decide(free, demands)).containsExactly("a/1 slot3");
  }

  @Test
  void aMachineWithoutRequirementsMatchesNothing() {
    assertThat(
            decide(
                List.of(new Slot("slot1", Ads.parse("[Memory = 1]"))),
                List.of(demand("a", 1, 1, 0, ""))))
        .isEmpty();
  }

  @Test
  void whatTheBestUserCannotUseGoesToOthers() {
    List<Demand> demands =
        List.of(
            demand("picky", 1, 4, 0, "Requirements = TARGET.Name == \"slot2\""),
            demand("b", 1, 9, 0, ""));
    List<Slot> free =
        List.of(
            slot("slot1", "Name = \"slot1\""),
            slot("slot2", "Name = \"slot2\""),
            slot("slot3", "Name = \"slot3\""));

    assertThat(decide(free, demands, Map.of("picky", 500.0, "b", 9000.0)))
        .containsExactlyInAnyOrder("picky/1 slot2", "b/1 slot1", "b/1 slot3");
  }

  @Test
  void oneUsersDemandAtTwoScheddsIsOneUsers() {
    Demand here = demand("a", 1, 5, 0, "");
    Demand there = new Demand(new DemandKey("other@submit", "a", 1), here.ad(), 5, 3);

    List<String> decided = decide(slots(4), List.of(here, there, demand("b", 1, 5, 0, "")));

    assertThat(decided.stream().filter(p -> p.startsWith("a/"))).hasSize(2);
  }
}
