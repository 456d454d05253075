package io.urubu.matchmaker.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.urubu.classad.ClassAd;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
final class MachineBookTest {
  private static final String SLOT = "slot1@ws1@host";
  private static final String FREE = "[State = \"Unclaimed\"; Start = true; Requirements = Start]";

  private final AtomicLong ticks = new AtomicLong();
  private final Times times =
      new Times(
          () -> Instant.ofEpochSecond(1_000),
          ticks::get,
          Duration.ofSeconds(20),
          Duration.ofSeconds(10),
          Duration.ofSeconds(20));
  private final MachineBook book = new MachineBook(new Limits(2, 2, 20, 2_000, 2, 2, 3), times);
  private final Recorder link = new Recorder();

  private static ClassAd ad(String text) throws Exception {
    return ClassAd.parse(text);
  }

  private void pass(Duration time) {
    ticks.addAndGet(time.toNanos());
  }

  private StartdSession connected() throws Exception {
    StartdSession session = book.open("ws1@host", link);
    session.advertise(SLOT, true, ad(FREE), List.of());
    return session;
  }

  private List<String> free() {
    return book.freeSlots().stream().map(Slot::name).toList();
  }

  private List<String> listed() {
    return book.ads().stream().map(ad -> ad.string("Name").orElseThrow()).toList();
  }

  @Test
  void aChangeIsPutOverTheAdAndTheRestStays() throws Exception {
    StartdSession session = connected();
    session.advertise(SLOT, false, ad("[Memory = 5; Extra = 1]"), List.of());
    session.advertise(SLOT, false, ad("[Memory = 6]"), List.of("Extra"));

    ClassAd now = book.ads().getFirst();

    assertThat(now.integer("Memory")).hasValue(6);
    assertThat(now.has("Extra")).isFalse();
    assertThat(now.string("State")).contains("Unclaimed");
    assertThat(now.integer("LastHeardFrom")).hasValue(1_000);
  }

  @Test
  void adsOutliveTheirStreamByTheGraceAndAreNotMatchedThen() throws Exception {
    StartdSession session = connected();
    session.close();
    pass(Duration.ofSeconds(9));
    book.sweep();

    assertThat(free()).isEmpty();
    assertThat(listed()).containsExactly(SLOT);

    pass(Duration.ofSeconds(2));
    book.sweep();

    assertThat(listed()).isEmpty();
  }

  @Test
  void aStartdThatReconnectsReplacesItsAds() throws Exception {
    StartdSession before = connected();
    before.advertise("slot2@ws1@host", true, ad(FREE), List.of());

    Recorder newLink = new Recorder();
    StartdSession after = book.open("ws1@host", newLink);
    after.advertise(SLOT, true, ad(FREE), List.of());
    pass(Duration.ofSeconds(11));
    after.heard();
    book.sweep();

    assertThat(link.closed).hasSize(1);
    assertThat(listed()).containsExactly(SLOT);
    assertThatThrownBy(before::heard).isInstanceOf(RefusedException.class);
    before.close();
    assertThat(free()).containsExactly(SLOT);
  }

  @Test
  void aStartdThatFallsSilentIsGone() throws Exception {
    connected();
    pass(Duration.ofSeconds(21));
    book.sweep();

    assertThat(link.closed).hasSize(1);
    assertThat(free()).isEmpty();
  }

  @Test
  void aSlotIsGivenOnce() throws Exception {
    connected();

    assertThat(book.give(SLOT, "a@pool")).isPresent();
    assertThat(book.give(SLOT, "b@pool")).isEmpty();
    assertThat(free()).isEmpty();
    assertThat(book.slotsByUser()).containsEntry("a@pool", 1);
  }

  @Test
  void aSlotThatWasGivenIsFreeAgainWhenTheTimeForMatchesIsOver() throws Exception {
    StartdSession session = connected();
    book.give(SLOT, "a@pool");
    pass(Duration.ofSeconds(19));
    session.heard();

    assertThat(free()).isEmpty();
    assertThat(book.untilNextRelease()).contains(Duration.ofSeconds(1).toNanos());

    pass(Duration.ofSeconds(1));

    assertThat(free()).containsExactly(SLOT);
    assertThat(book.slotsByUser()).isEmpty();
  }

  @Test
  void otherNewsOfASlotThatWasGivenDoesNotFreeIt() throws Exception {
    StartdSession session = connected();
    book.give(SLOT, "a@pool");
    session.advertise(SLOT, false, ad("[LoadAvg = 0.5]"), List.of());

    assertThat(free()).isEmpty();
  }

  @Test
  void aClaimedSlotCountsToItsUserAndIsFreeOnceItSaysSo() throws Exception {
    StartdSession session = connected();
    book.give(SLOT, "a@pool");
    session.advertise(SLOT, false, ad("[State = \"Matched\"]"), List.of());
    session.advertise(SLOT, false, ad("[State = \"Claimed\"; RemoteUser = \"a@pool\"]"), List.of());
    pass(Duration.ofMinutes(5));

    assertThat(free()).isEmpty();
    assertThat(book.slotsByUser()).containsEntry("a@pool", 1);

    session.advertise(SLOT, false, ad("[State = \"Unclaimed\"]"), List.of("RemoteUser"));

    assertThat(free()).containsExactly(SLOT);
  }

  @Test
  void aSlotWhoseMatchesComeToNothingRestsLongerEachTime() throws Exception {
    StartdSession session = connected();
    long[] rests = new long[3];
    for (int i = 0; i < rests.length; i++) {
      book.give(SLOT, "a@pool");
      session.advertise(SLOT, false, ad("[State = \"Unclaimed\"]"), List.of());
      assertThat(free()).isEmpty();
      rests[i] = book.untilNextRelease().orElseThrow();
      ticks.addAndGet(rests[i]);
      assertThat(free()).containsExactly(SLOT);
    }

    assertThat(rests).containsExactly(50_000_000, 100_000_000, 200_000_000);
  }

  @Test
  void aSlotThatSaysClaimedAfterARestartIsNotMatched() throws Exception {
    StartdSession session = book.open("ws1@host", link);
    session.advertise(SLOT, true, ad("[State = \"Claimed\"; RemoteOwner = \"a@pool\"]"), List.of());

    assertThat(free()).isEmpty();
    assertThat(book.slotsByUser()).containsEntry("a@pool", 1);
  }

  @Test
  void whatPoliciesReadIsSignificantAlsoThroughTheMachinesOwnAttributes() throws Exception {
    StartdSession session = book.open("ws1@host", link);
    session.advertise(
        SLOT,
        true,
        ad("[Start = Nice && Hours; Nice = TARGET.Niceness > 1; Other = TARGET.Unread]"),
        List.of());

    assertThat(book.significantAttributes()).containsExactly("hours", "nice", "niceness");
  }

  @Test
  void limitsHold() throws Exception {
    StartdSession session = connected();
    session.advertise("slot2@ws1@host", true, ad(FREE), List.of());

    assertRefused(() -> session.advertise("slot3@ws1@host", true, ad(FREE), List.of()));
    assertRefused(() -> session.advertise("slot1@ws2@host", true, ad(FREE), List.of()));
    assertRefused(
        () ->
            session.advertise(SLOT, false, ad("[Big = \"" + "x".repeat(3_000) + "\"]"), List.of()));
    ClassAd.Builder many = ClassAd.builder();
    for (int i = 0; i < 30; i++) {
      many.put("A" + i, i);
    }
    assertRefused(() -> session.advertise(SLOT, true, many.build(), List.of()));
    book.open("ws2@host", new Recorder());
    assertRefused(() -> book.open("ws3@host", new Recorder()));
  }

  @Test
  void smallChangesDoNotAddUpToALargeAd() throws Exception {
    StartdSession session = connected();
    for (int i = 0; i < 1_000; i++) {
      session.advertise(SLOT, false, ad("[LoadAvg = " + i + "]"), List.of());
    }

    assertThat(free()).containsExactly(SLOT);
  }

  @Test
  void aChangeOfAnUnknownSlotIsOutOfStep() throws Exception {
    StartdSession session = book.open("ws1@host", link);

    assertRefused(() -> session.advertise(SLOT, false, ad("[LoadAvg = 1]"), List.of()));
  }

  private interface Attempt {
    void run() throws Exception;
  }

  private static void assertRefused(Attempt attempt) {
    assertThatThrownBy(attempt::run).isInstanceOf(RefusedException.class);
  }
}
