package io.urubu.startd.slot;

import static io.urubu.startd.slot.SlotSamples.CLAIM;
import static io.urubu.startd.slot.SlotSamples.LATER;
import static io.urubu.startd.slot.SlotSamples.NOW;
import static io.urubu.startd.slot.SlotSamples.OTHER;
import static io.urubu.startd.slot.SlotSamples.RUN;
import static io.urubu.startd.slot.SlotSamples.WHY;
import static io.urubu.startd.slot.SlotSamples.claimed;
import static io.urubu.startd.slot.SlotSamples.ending;
import static io.urubu.startd.slot.SlotSamples.preempting;
import static io.urubu.startd.slot.SlotSamples.running;
import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.protocol.id.RunRef;
import io.urubu.startd.slot.SlotState.Claimed;
import io.urubu.startd.slot.SlotState.Drained;
import io.urubu.startd.slot.SlotState.Preempting;
import io.urubu.startd.slot.SlotState.Unclaimed;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class SlotDeciderTest {
  private final SlotDecider decider = new SlotDecider(SlotSamples.PATIENCE);

  private Step decide(SlotState state, SlotEvent event) {
    return decider.decide(state, event, NOW);
  }

  @Test
  void theLeaseCountsFromWhenTheAnsweredHeartbeatWasSent() {
    Claimed state = new Claimed(CLAIM, running(), NOW, false, Optional.empty());

    Step step = decide(state, new SlotEvent.HeartbeatAnswered(NOW.minusSeconds(7)));

    assertThat(((Claimed) step.next()).leaseUntil())
        .isEqualTo(NOW.minusSeconds(7).plus(CLAIM.lease()));
  }

  @Test
  void anOldAnswerDoesNotShortenTheLease() {
    Step step =
        decide(claimed(new Work.Idle()), new SlotEvent.HeartbeatAnswered(Duration.ofSeconds(1)));

    assertThat(((Claimed) step.next()).leaseUntil()).isEqualTo(LATER);
  }

  @Test
  void aRunThatEndedWhileTheStreamWasOpenedIsReported() {
    SlotEvent.Granted granted = new SlotEvent.Granted(CLAIM, NOW, Optional.of(RUN));

    assertThat(decide(claimed(new Work.Idle()), granted).actions())
        .hasOnlyElementsOfType(SlotAction.TellGone.class)
        .hasSize(1);
    assertThat(decide(claimed(running()), granted).actions()).isEmpty();
  }

  @Test
  void theSecretOfAClaimStaysWhenItIsTakenUpAgain() {
    Claim elsewhere =
        new Claim("schedd@s", "s:9", "mallory@s", CLAIM.secret(), Duration.ofSeconds(1));

    Step step =
        decide(claimed(new Work.Idle()), new SlotEvent.Granted(elsewhere, NOW, Optional.empty()));

    Claim after = step.next().heldClaim().orElseThrow();
    assertThat(after.user()).isEqualTo("alice@s");
    assertThat(after.address()).isEqualTo("s:9");
  }

  @Test
  void aRunOfAnotherScheddIsNotActivated() {
    var foreign = new RunRef("other@s", RUN.job(), 1);

    Step step = decide(claimed(new Work.Idle()), SlotSamples.activate(foreign, Optional.empty()));

    assertThat(step.next()).isEqualTo(claimed(new Work.Idle()));
    assertThat(step.actions()).hasOnlyElementsOfType(SlotAction.TellRefused.class);
  }

  @Test
  void newsOfAnotherRunChangesNothing() {
    Claimed running = claimed(running());

    assertThat(decide(running, new SlotEvent.RunLeft(OTHER, "x"))).isEqualTo(Step.to(running));
    assertThat(decide(running, new SlotEvent.StarterTook(OTHER))).isEqualTo(Step.to(running));
    assertThat(decide(running, new SlotEvent.GoneAcknowledged(OTHER))).isEqualTo(Step.to(running));
  }

  @Test
  void aRunIsAskedThenKilledThenKilledWithItsStarterAgainAndAgain() {
    SlotState state = claimed(running());
    Duration now = NOW;
    Step step = decider.decide(state, new SlotEvent.DeactivateAsked(RUN, true, WHY), now);
    assertThat(step.actions()).containsExactly(new SlotAction.EndRun("alice@s", RUN, true, WHY));

    now = step.next().due().orElseThrow();
    assertThat(now).isEqualTo(NOW.plus(SlotSamples.PATIENCE.vacate()));
    step = decider.decide(step.next(), new SlotEvent.Tick(), now);
    assertThat(step.actions()).containsExactly(new SlotAction.EndRun("alice@s", RUN, false, WHY));

    for (int attempt = 0; attempt < 3; attempt++) {
      now = step.next().due().orElseThrow();
      step = decider.decide(step.next(), new SlotEvent.Tick(), now);
      assertThat(step.actions()).hasOnlyElementsOfType(SlotAction.KillStarter.class);
    }
  }

  @Test
  void aLostClaimEndsItsRunAndTellsNobody() {
    Step lost = decide(claimed(running()), new SlotEvent.Refused("unknown"));
    assertThat(lost.next()).isInstanceOf(Preempting.class);

    Step left = decide(lost.next(), new SlotEvent.RunLeft(RUN, "killed"));

    assertThat(left).isEqualTo(Step.to(new Unclaimed()));
  }

  @Test
  void drainingWaitsForTheSchedd() {
    Step drained = decide(claimed(running()), new SlotEvent.DrainAsked("stop"));
    Step gone = decide(drained.next(), new SlotEvent.RunLeft(RUN, "ended"));
    assertThat(gone.actions()).containsExactly(new SlotAction.TellGone(RUN, "ended", true));
    assertThat(gone.next()).isNotInstanceOf(Drained.class);

    Step told = decide(gone.next(), new SlotEvent.GoneAcknowledged(RUN));

    assertThat(told.next()).isInstanceOf(Drained.class);
    assertThat(told.actions()).hasOnlyElementsOfType(SlotAction.HangUp.class);
  }

  @Test
  void aRunThatIsEndingIsNotForgottenWhenTheLeaseEnds() {
    Step step =
        decider.decide(
            preempting(ending(false), true, false), new SlotEvent.Tick(), LATER.plusSeconds(1));

    assertThat(step.next().held()).contains(RUN);
    assertThat(((Preempting) step.next()).known()).isFalse();
  }

  @Test
  void noEventMakesAHeldRunVanishButItsEnd() {
    SlotSamples.states()
        .forEach(
            (name, state) ->
                SlotSamples.events()
                    .forEach(
                        (event, sample) -> {
                          boolean isEnd =
                              sample instanceof SlotEvent.RunLeft
                                  || sample instanceof SlotEvent.StarterRefused;
                          if (state.held().isPresent() && !isEnd) {
                            assertThat(decide(state, sample).next().held())
                                .as("%s, %s", name, event)
                                .isEqualTo(state.held());
                          }
                        }));
  }

  @Test
  void whatIsDueIsDoneAndThenNotDueAtOnceAgain() {
    SlotSamples.states()
        .forEach(
            (name, state) ->
                state
                    .due()
                    .ifPresent(
                        due -> {
                          SlotState next = decider.decide(state, new SlotEvent.Tick(), due).next();
                          assertThat(next.due().filter(again -> again.compareTo(due) <= 0))
                              .as(name)
                              .isEmpty();
                        }));
  }
}
