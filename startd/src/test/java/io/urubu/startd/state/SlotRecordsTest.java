package io.urubu.startd.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.ClassAd;
import io.urubu.identity.Secret;
import io.urubu.protocol.id.JobId;
import io.urubu.protocol.id.RunRef;
import io.urubu.startd.slot.Claim;
import io.urubu.startd.slot.Pace;
import io.urubu.startd.slot.Patience;
import io.urubu.startd.slot.SlotState;
import io.urubu.startd.slot.Why;
import io.urubu.startd.slot.Work;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class SlotRecordsTest {
  private static final Duration NOW = Duration.ofSeconds(77);
  private static final Duration UNTIL = NOW.plusSeconds(10);
  private static final RunRef RUN = new RunRef("schedd#odd@s", new JobId(4, 1), 2);
  private static final Why WHY = new Why("OwnerReturned", "why");
  private static final Patience PATIENCE =
      new Patience(
          Duration.ofSeconds(20),
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(600),
          Duration.ofSeconds(15));
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
            new Work.Starting(RUN, UNTIL, false),
            new Work.Running(RUN, Pace.from(NOW)),
            new Work.Suspended(RUN, Pace.from(NOW)),
            new Work.Ending(RUN, Work.Stage.VACATING, UNTIL, WHY),
            new Work.Ending(RUN, Work.Stage.UPLOADING, NOW.plusSeconds(600), WHY),
            new Work.Ending(RUN, Work.Stage.KILLING, NOW.plusSeconds(5), WHY),
            new Work.Gone(RUN, "why", UNTIL));
    for (Work work : works) {
      SlotState state =
          new SlotState.Claimed(
              CLAIM, work, NOW.plus(CLAIM.lease()), work instanceof Work.Gone, Optional.empty());

      assertThat(restored(SlotRecords.toAd(state).orElseThrow())).isEqualTo(state);
    }
  }

  private static SlotState restored(ClassAd ad) {
    return SlotRecords.fromAd(ad, NOW, PATIENCE).orElseThrow();
  }

  @Test
  void aClaimThatTheScheddGaveUpStaysLost() {
    SlotState lost =
        new SlotState.Preempting(
            CLAIM,
            new Work.Ending(RUN, Work.Stage.KILLING, UNTIL, WHY),
            NOW.plus(CLAIM.lease()),
            false,
            false,
            Optional.empty());

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
                new SlotState.Claimed(
                    CLAIM,
                    new Work.Running(RUN, Pace.from(NOW)),
                    NOW.plusSeconds(1),
                    false,
                    Optional.empty()))
            .orElseThrow();
    for (String name :
        List.of("Schedd", "ScheddAddress", "User", "ClaimSecret", "LeaseSeconds", "Work", "Run")) {
      ClassAd part = whole.toBuilder().remove(name).build();

      assertThat(SlotRecords.fromAd(part, NOW, PATIENCE)).as(name).isEmpty();
    }
  }
}
