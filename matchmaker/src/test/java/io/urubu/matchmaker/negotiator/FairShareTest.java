package io.urubu.matchmaker.negotiator;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.matchmaker.negotiator.FairShare.Bidder;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
final class FairShareTest {
  @Test
  void equalUsersGetEqualSlices() {
    var slices =
        FairShare.slices(List.of(new Bidder("a", 100, 0, 500), new Bidder("b", 100, 0, 500)), 10);

    assertThat(slices).containsEntry("a", 5L).containsEntry("b", 5L);
  }

  @Test
  void aSliceIsAsTheInverseOfTheEffectivePriority() {
    var slices =
        FairShare.slices(
            List.of(new Bidder("light", 100, 0, 500), new Bidder("heavy", 100, 0, 1500)), 12);

    assertThat(slices).containsEntry("light", 9L).containsEntry("heavy", 3L);
  }

  @Test
  void whatAUserHasCountsAsEaten() {
    var slices =
        FairShare.slices(
            List.of(new Bidder("has", 100, 8, 500), new Bidder("new", 100, 0, 500)), 10);

    assertThat(slices).containsEntry("new", 9L).containsEntry("has", 1L);
  }

  @Test
  void whatOneDoesNotWantGoesToTheOthers() {
    var slices =
        FairShare.slices(
            List.of(new Bidder("modest", 1, 0, 500), new Bidder("keen", 100, 50, 5000)), 10);

    assertThat(slices).containsEntry("modest", 1L).containsEntry("keen", 9L);
  }

  @Test
  void theOnlySlotGoesToTheBestUser() {
    var slices =
        FairShare.slices(
            List.of(new Bidder("worse", 9, 0, 700), new Bidder("better", 9, 0, 500)), 1);

    assertThat(slices).containsEntry("better", 1L).containsEntry("worse", 0L);
  }
}
