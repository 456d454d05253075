package io.urubu.matchmaker.accountant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.urubu.sql.personal.ScratchPostgres;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Against a PostgreSQL of its own. */
@Tag("module")
final class AccountantTest {
  private static final Duration DAY = Duration.ofDays(1);

  @SuppressWarnings("NullAway.Init") // set before each test
  private static ScratchPostgres postgres;

  private final AtomicLong ticks = new AtomicLong();

  @BeforeAll
  static void startDatabase() throws IOException {
    postgres = ScratchPostgres.start();
  }

  @AfterAll
  static void stopDatabase() throws IOException {
    postgres.close();
  }

  private Accountant accountant() {
    return new Accountant(
        postgres.dataSource(), DAY, () -> Instant.EPOCH.plusNanos(ticks.get()), ticks::get);
  }

  private void countADay(Accountant accountant, String user, int slots) {
    ticks.addAndGet(DAY.toNanos());
    accountant.count(Map.of(user, slots));
  }

  @Test
  void usageOutlivesTheProcess() {
    Accountant first = accountant();
    first.flush();
    countADay(first, "alice@pool", 8);
    first.flush();

    ticks.addAndGet(DAY.toNanos());
    Accountant second = accountant();
    second.flush();

    assertThat(second.effectivePriority("alice@pool")).isCloseTo(2000, within(1e-6));
  }

  @Test
  void savingTwiceStoresTheSameAsOnce() {
    Accountant first = accountant();
    first.flush();
    countADay(first, "bob@pool", 8);
    first.flush();
    countADay(first, "bob@pool", 8);
    first.flush();

    Accountant second = accountant();
    second.flush();

    assertThat(second.effectivePriority("bob@pool")).isCloseTo(6000, within(1e-6));
  }

  @Test
  void withoutItsDatabaseItCountsOnAndSavesLater() throws Exception {
    Accountant before = accountant();
    before.flush();
    countADay(before, "carol@pool", 8);
    before.flush();
    postgres.server().stop();
    Accountant accountant = accountant();
    accountant.flush();
    countADay(accountant, "carol@pool", 8);
    accountant.flush();

    assertThat(accountant.isDatabaseReachable()).isFalse();
    assertThat(accountant.effectivePriority("carol@pool")).isCloseTo(4000, within(1e-6));

    postgres.server().start();
    accountant.flush();

    assertThat(accountant.isDatabaseReachable()).isTrue();
    assertThat(accountant.effectivePriority("carol@pool")).isCloseTo(6000, within(1e-6));
    Accountant after = accountant();
    after.flush();
    assertThat(after.effectivePriority("carol@pool")).isCloseTo(6000, within(1e-6));
  }
}
