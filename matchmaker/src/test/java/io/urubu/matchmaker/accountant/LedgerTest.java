package io.urubu.matchmaker.accountant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
final class LedgerTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final Offset<Double> NEAR = within(1e-6);

  private final Ledger ledger = new Ledger(DAY);

  @Test
  void nobodyIsBetterThanAUserThatUsedNothing() {
    assertThat(ledger.effectivePriority("new@pool")).isEqualTo(500);
  }

  @Test
  void usageApproachesTheSlotsInUseByHalfEachHalfLife() {
    ledger.count(Map.of("a@pool", 8), DAY);

    assertThat(ledger.effectivePriority("a@pool")).isCloseTo(4000, NEAR);

    ledger.count(Map.of("a@pool", 8), DAY);

    assertThat(ledger.effectivePriority("a@pool")).isCloseTo(6000, NEAR);
    assertThat(ledger.priorities().getFirst().slotSeconds())
        .isCloseTo(8.0 * 2 * DAY.toSeconds(), NEAR);
  }

  @Test
  void usageIsForgottenByHalfEachHalfLife() {
    ledger.count(Map.of("a@pool", 8), DAY);
    ledger.count(Map.of(), DAY);

    assertThat(ledger.effectivePriority("a@pool")).isCloseTo(2000, NEAR);
  }

  @Test
  void manySmallStepsCountAsOneLargeOne() {
    for (int second = 0; second < 86_400; second++) {
      ledger.count(Map.of("a@pool", 8), Duration.ofSeconds(1));
    }

    assertThat(ledger.effectivePriority("a@pool")).isCloseTo(4000, NEAR);
  }

  @Test
  void whatWasStoredIsAgedAndAddedToWhatWasCountedMeanwhile() {
    ledger.count(Map.of("a@pool", 8), DAY);

    ledger.add(List.of(new StoredUsage("a@pool", new Usage(16, 100), NOW.minus(DAY))), NOW);

    assertThat(ledger.effectivePriority("a@pool")).isCloseTo(12_000, NEAR);
    assertThat(ledger.priorities().getFirst().slotSeconds()).isCloseTo(8 * 86_400 + 100, NEAR);
  }

  @Test
  void aClockThatWasSetBackDoesNotRaiseUsage() {
    ledger.add(List.of(new StoredUsage("a@pool", new Usage(16, 100), NOW.plus(DAY))), NOW);

    assertThat(ledger.effectivePriority("a@pool")).isCloseTo(16_000, NEAR);
  }

  @Test
  void onlyWhatChangedIsSaved() {
    ledger.count(Map.of("a@pool", 1, "b@pool", 1), DAY);
    ledger.takeUnsaved(NOW);
    ledger.count(Map.of("b@pool", 1), DAY);

    assertThat(ledger.takeUnsaved(NOW)).extracting(StoredUsage::user).containsExactly("b@pool");
  }

  @Test
  void namesThatNoDatabaseTakesAreNotCounted() {
    ledger.count(Map.of("a\0b", 1, "", 1, "x".repeat(400), 1, "\ud800", 1, "a b", 1), DAY);

    assertThat(ledger.priorities()).isEmpty();
  }
}
