package io.urubu.matchmaker.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.urubu.classad.ClassAd;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
final class DemandBookTest {
  private static final String SCHEDD = "schedd@submit";

  private final AtomicLong ticks = new AtomicLong();
  private final DemandBook book =
      new DemandBook(
          new Limits(2, 2, 20, 2_000, 2, 2, 3),
          new Times(
              () -> Instant.EPOCH,
              ticks::get,
              Duration.ofSeconds(20),
              Duration.ofSeconds(10),
              Duration.ofSeconds(20)));
  private final Recorder link = new Recorder();

  private static Optional<ClassAd> ad() throws Exception {
    return Optional.of(ClassAd.parse("[Requirements = true]"));
  }

  @Test
  void laterWordsReplaceEarlierOnesAndNeedNoAd() throws Exception {
    ScheddSession session = book.open(SCHEDD, "host:1", link);
    session.demand("a@pool", 1, ad(), 5, 0);
    session.demand("a@pool", 1, Optional.empty(), 3, 7);

    assertThat(book.waiting()).hasSize(1);
    assertThat(book.waiting().getFirst().idle()).isEqualTo(3);
    assertThat(book.waiting().getFirst().jobPriority()).isEqualTo(7);

    session.demand("a@pool", 1, Optional.empty(), 0, 0);

    assertThat(book.waiting()).isEmpty();

    session.demand("a@pool", 1, Optional.empty(), 2, 0);

    assertThat(book.waiting()).hasSize(1);
  }

  @Test
  void whatWasMatchedIsNoLongerDemanded() throws Exception {
    ScheddSession session = book.open(SCHEDD, "host:1", link);
    session.demand("a@pool", 1, ad(), 1, 0);
    DemandKey key = new DemandKey(SCHEDD, "a@pool", 1);

    assertThat(book.take(key).orElseThrow().claimAddress()).isEqualTo("host:1");
    assertThat(book.take(key)).isEmpty();
    assertThat(book.waiting()).isEmpty();

    book.untake(key);

    assertThat(book.waiting()).hasSize(1);
  }

  @Test
  void demandEndsWithItsStream() throws Exception {
    ScheddSession session = book.open(SCHEDD, "host:1", link);
    session.demand("a@pool", 1, ad(), 1, 0);

    assertThat(book.claimAddress(SCHEDD)).contains("host:1");

    session.close();

    assertThat(book.waiting()).isEmpty();
    assertThat(book.claimAddress(SCHEDD)).isEmpty();
  }

  @Test
  void aNewStreamReplacesTheOldOneAndStartsEmpty() throws Exception {
    ScheddSession before = book.open(SCHEDD, "host:1", link);
    before.demand("a@pool", 1, ad(), 1, 0);

    book.open(SCHEDD, "host:2", new Recorder());
    before.close();

    assertThat(link.closed).hasSize(1);
    assertThat(book.waiting()).isEmpty();
    assertThat(book.claimAddress(SCHEDD)).contains("host:2");
  }

  @Test
  void aScheddThatFallsSilentIsGone() throws Exception {
    book.open(SCHEDD, "host:1", link);
    ticks.addAndGet(Duration.ofSeconds(21).toNanos());
    book.sweep();

    assertThat(link.closed).hasSize(1);
    assertThat(book.claimAddress(SCHEDD)).isEmpty();
  }

  @Test
  void namesAreToldOnceToEachStream() throws Exception {
    book.open(SCHEDD, "host:1", link);
    book.tell(new TreeSet<>());
    book.tell(new TreeSet<>());
    book.tell(new TreeSet<>(List.of("owner")));
    book.tell(new TreeSet<>(List.of("owner")));

    assertThat(link.told).containsExactly(new TreeSet<>(), new TreeSet<>(List.of("owner")));
  }

  @Test
  void limitsHoldAndWithdrawnDemandMakesRoom() throws Exception {
    ScheddSession session = book.open(SCHEDD, "host:1", link);
    session.demand("a@pool", 1, ad(), 1, 0);
    session.demand("a@pool", 2, ad(), 1, 0);
    Optional<ClassAd> third = ad();

    assertThatThrownBy(() -> session.demand("a@pool", 3, third, 1, 0))
        .isInstanceOf(RefusedException.class);
    session.demand("a@pool", 1, Optional.empty(), 0, 0);
    session.demand("a@pool", 3, third, 1, 0);
    assertThat(book.waiting()).hasSize(2);
    assertThatThrownBy(() -> session.demand("a@pool", 1, Optional.empty(), 1, 0))
        .isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> session.demand("", 3, third, 1, 0))
        .isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> session.demand("a@pool", 3, third, -1, 0))
        .isInstanceOf(RefusedException.class);
  }
}
