package io.urubu.startd.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.ClassAd;
import io.urubu.identity.Secret;
import io.urubu.protocol.id.JobId;
import io.urubu.protocol.id.RunRef;
import io.urubu.startd.slot.Claim;
import io.urubu.startd.slot.SlotState;
import io.urubu.startd.slot.Work;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class SlotRecordsTest {
  private static final Duration NOW = Duration.ofSeconds(77);
  private static final Duration UNTIL = NOW.plusSeconds(10);
  private static final RunRef RUN = new RunRef("schedd#odd@s", new JobId(4, 1), 2);
  private static final Claim CLAIM =
      new Claim(
          "schedd#odd@s",
          "s:1",
          "alice@s",
          Secret.random(new SecureRandom()),
          Duration.ofMinutes(40));

  @Test
  void whatWasStoredGoesOnWithALeaseFromNow() {
    List<Work> works =
        List.of(
            new Work.Idle(),
            new Work.Starting(RUN, UNTIL),
            new Work.Running(RUN),
            new Work.Ending(RUN, false, UNTIL, "why"),
            new Work.Gone(RUN, "why", UNTIL));
    for (Work work : works) {
      SlotState state =
          new SlotState.Claimed(CLAIM, work, NOW.plus(CLAIM.lease()), work instanceof Work.Gone);

      assertThat(restored(SlotRecords.toAd(state).orElseThrow())).isEqualTo(state);
    }
  }

  private static SlotState restored(ClassAd ad) {
    return SlotRecords.fromAd(ad, NOW, Duration.ofSeconds(10)).orElseThrow();
  }

  @Test
  void aClaimThatTheScheddGaveUpStaysLost() {
    SlotState lost =
        new SlotState.Preempting(
            CLAIM,
            new Work.Ending(RUN, true, UNTIL, "lease"),
            NOW.plus(CLAIM.lease()),
            false,
            false);

    SlotState after = restored(SlotRecords.toAd(lost).orElseThrow());

    assertThat(after).isInstanceOf(SlotState.Preempting.class);
    assertThat(((SlotState.Preempting) after).known()).isFalse();
    assertThat(after.held()).contains(RUN);
  }

  @Test
  void aSlotThatNobodyHoldsHasNoRecord() {
    assertThat(SlotRecords.toAd(new SlotState.Unclaimed())).isEmpty();
    assertThat(SlotRecords.toAd(new SlotState.Owner("x"))).isEmpty();
    assertThat(SlotRecords.toAd(new SlotState.Drained("x"))).isEmpty();
  }

  @Test
  void anAdWithoutWhatItMustSayIsNoState() {
    ClassAd whole =
        SlotRecords.toAd(
                new SlotState.Claimed(CLAIM, new Work.Running(RUN), NOW.plusSeconds(1), false))
            .orElseThrow();
    for (String name :
        List.of("Schedd", "ScheddAddress", "User", "ClaimSecret", "LeaseSeconds", "Work", "Run")) {
      ClassAd part = whole.toBuilder().remove(name).build();

      assertThat(SlotRecords.fromAd(part, NOW, NOW)).as(name).isEmpty();
    }
  }
}
