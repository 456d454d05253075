package io.urubu.startd.slot;

import static io.urubu.startd.slot.PolicyRule.CONTINUE;
import static io.urubu.startd.slot.PolicyRule.KILL;
import static io.urubu.startd.slot.PolicyRule.PERIODIC_CHECKPOINT;
import static io.urubu.startd.slot.PolicyRule.PREEMPT;
import static io.urubu.startd.slot.PolicyRule.START;
import static io.urubu.startd.slot.PolicyRule.SUSPEND;
import static io.urubu.startd.slot.PolicyRule.WANT_SUSPEND;
import static io.urubu.startd.slot.PolicyRule.WANT_VACATE;
import static io.urubu.startd.slot.SlotSamples.NOW;
import static io.urubu.startd.slot.SlotSamples.RUN;
import static io.urubu.startd.slot.SlotSamples.claimed;
import static io.urubu.startd.slot.SlotSamples.ending;
import static io.urubu.startd.slot.SlotSamples.policy;
import static io.urubu.startd.slot.SlotSamples.preempting;
import static io.urubu.startd.slot.SlotSamples.running;
import static io.urubu.startd.slot.SlotSamples.suspended;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The transitions of HTCondor's manual, and what is ours. */
@Tag("unit")
class PolicyDeciderTest {
  private final SlotDecider decider = new SlotDecider(SlotSamples.PATIENCE);

  private Step decide(SlotState state, SlotEvent event) {
    return decider.decide(state, event, NOW);
  }

  private static String names(SlotState state) {
    return state.stateName() + "/" + state.activityName();
  }

  @Test
  void withWantSuspendARunningJobIsSuspendedAndNeverPreemptedAtOnce() {
    Step both = decide(claimed(running()), policy(WANT_SUSPEND, SUSPEND, PREEMPT));
    assertThat(names(both.next())).isEqualTo("Claimed/Suspended");
    assertThat(both.rule()).contains(SUSPEND);
    assertThat(both.actions()).hasOnlyElementsOfType(SlotAction.SuspendRun.class);

    Step preemptOnly = decide(claimed(running()), policy(WANT_SUSPEND, PREEMPT));
    assertThat(names(preemptOnly.next())).isEqualTo("Claimed/Busy");
  }

  @Test
  void withoutWantSuspendSuspendIsNotAsked() {
    assertThat(names(decide(claimed(running()), policy(SUSPEND)).next())).isEqualTo("Claimed/Busy");
  }

  @Test
  void aJobWithRetirementLeftRetiresAndIsThenPreemptedThoughPreemptIsFalseAgain() {
    Step retiring = decide(claimed(running()), policy(Duration.ofSeconds(50), PREEMPT));
    assertThat(names(retiring.next())).isEqualTo("Claimed/Retiring");

    Step early = decider.decide(retiring.next(), policy(START), NOW.plusSeconds(49));
    Step late = decider.decide(early.next(), policy(START, WANT_VACATE), NOW.plusSeconds(50));

    assertThat(names(early.next())).isEqualTo("Claimed/Retiring");
    assertThat(names(late.next())).isEqualTo("Preempting/Vacating");
  }

  @Test
  void aJobThatEndsWhileItRetiresTakesItsClaimWithIt() {
    Step retiring = decide(claimed(running()), policy(Duration.ofSeconds(50), PREEMPT));

    Step gone = decide(retiring.next(), new SlotEvent.RunLeft(RUN, "exited"));

    assertThat(gone.next()).isInstanceOf(SlotState.Preempting.class);
  }

  @Test
  void aSuspendedJobLeavesBeforeItGoesOn() {
    assertThat(names(decide(claimed(suspended()), policy(PREEMPT, CONTINUE, WANT_VACATE)).next()))
        .isEqualTo("Preempting/Vacating");
    assertThat(names(decide(claimed(suspended()), policy(CONTINUE)).next()))
        .isEqualTo("Claimed/Busy");
    assertThat(names(decide(claimed(suspended()), policy(PREEMPT)).next()))
        .isEqualTo("Preempting/Killing");
  }

  @Test
  void anEvictionSaysTheOwnersCode() {
    Step step = decide(claimed(suspended()), policy(PREEMPT, WANT_VACATE));

    assertThat(step.actions())
        .containsExactly(
            new SlotAction.EndRun(
                "alice@s", RUN, true, new Why("OwnerReturned", "the owner's PREEMPT is true")));
  }

  @Test
  void killEndsAVacatingJobAndNoUpload() {
    assertThat(names(decide(preempting(ending(false), true, false), policy(KILL)).next()))
        .isEqualTo("Preempting/Killing");
    assertThat(
            decide(preempting(ending(Work.Stage.UPLOADING), true, false), policy(KILL)).actions())
        .isEmpty();
  }

  @Test
  void anUploadHasItsOwnTimeAndAShorterOneWhenTheDaemonGoesDown() {
    Step usual = decide(preempting(ending(false), true, false), new SlotEvent.MemoryLeft(RUN));
    Step last = decide(preempting(ending(false), true, true), new SlotEvent.MemoryLeft(RUN));

    assertThat(usual.next().due()).contains(NOW.plusSeconds(600));
    assertThat(last.next().due()).contains(NOW.plusSeconds(15));
    Step over = decider.decide(usual.next(), new SlotEvent.Tick(), NOW.plusSeconds(600));
    assertThat(names(over.next())).isEqualTo("Preempting/Killing");
  }

  @Test
  void afterAnEvictionTheSlotIsItsOwners() {
    Step evicted = decide(claimed(suspended()), policy(PREEMPT, WANT_VACATE));
    Step left = decide(evicted.next(), new SlotEvent.RunLeft(RUN, "vacated"));

    Step told = decide(left.next(), new SlotEvent.GoneAcknowledged(RUN));

    assertThat(names(told.next())).isEqualTo("Owner/Idle");
  }

  @Test
  void aCheckpointIsNotAskedForAgainAtOnce() {
    Step asked = decide(claimed(running()), policy(START, PERIODIC_CHECKPOINT));
    assertThat(asked.actions())
        .containsExactly(new SlotAction.PassWish("alice@s", RUN, new Wish.Checkpoint()));

    Step again =
        decider.decide(asked.next(), policy(START, PERIODIC_CHECKPOINT), NOW.plusSeconds(60));
    Step taken = decide(asked.next(), new SlotEvent.Checkpointed(RUN));
    Step next = decide(taken.next(), policy(START, PERIODIC_CHECKPOINT));

    assertThat(again.actions()).isEmpty();
    assertThat(next.actions()).hasSize(1);
  }

  @Test
  void aStarterThatIsMetAgainHearsHowItsRunGoesOn() {
    SlotEvent met = new SlotEvent.StarterTook(RUN);

    assertThat(decide(claimed(running()), met).actions())
        .hasOnlyElementsOfType(SlotAction.ContinueRun.class);
    assertThat(decide(claimed(suspended()), met).actions())
        .hasOnlyElementsOfType(SlotAction.SuspendRun.class);
    assertThat(decide(preempting(ending(false), true, false), met).actions())
        .containsExactly(new SlotAction.EndRun("alice@s", RUN, true, SlotSamples.WHY));
  }
}
