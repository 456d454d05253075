package io.urubu.startd.slot;

import static io.urubu.startd.slot.PolicyRule.CONTINUE;
import static io.urubu.startd.slot.PolicyRule.KILL;
import static io.urubu.startd.slot.PolicyRule.PERIODIC_CHECKPOINT;
import static io.urubu.startd.slot.PolicyRule.PREEMPT;
import static io.urubu.startd.slot.PolicyRule.START;
import static io.urubu.startd.slot.PolicyRule.SUSPEND;
import static io.urubu.startd.slot.PolicyRule.WANT_SUSPEND;
import static io.urubu.startd.slot.PolicyRule.WANT_VACATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens in whatever order, a desktop's owner is served first. */
@Tag("unit")
class OwnerPolicyWalkTest {
  private static final Duration MAX_SUSPEND = Duration.ofSeconds(10);
  private static final Duration VACATE = Duration.ofSeconds(10);
  private static final int STEPS = 400;

  private final SlotDecider decider = new SlotDecider(SlotSamples.PATIENCE);

  static List<Long> seeds() {
    String replay = System.getenv("SEED");
    if (replay != null) {
      return List.of(Long.parseLong(replay));
    }
    Random random = new Random();
    return random.longs(200).boxed().toList();
  }

  /** A slot with the desktop policy, an owner and a clock. */
  private final class World {
    private final List<SlotEvent> events = new ArrayList<>(SlotSamples.events().values());
    private SlotState state = new SlotState.Owner("start");
    private Duration now = SlotSamples.NOW;
    private Duration entered = now;
    private boolean ownerActive;
    private final List<SlotAction> said = new ArrayList<>();

    void happen(SlotEvent event) {
      SlotState before = state;
      Step step = decider.decide(before, event, now);
      state = step.next();
      said.addAll(step.actions());
      String activity = state.stateName() + state.activityName();
      if (!activity.equals(before.stateName() + before.activityName())) {
        entered = now;
      }
    }

    SlotEvent policy() {
      Duration timer = now.minus(entered);
      Set<PolicyRule> rules = EnumSet.of(WANT_SUSPEND, WANT_VACATE);
      rules.add(ownerActive ? SUSPEND : START);
      if (!ownerActive) {
        rules.add(CONTINUE);
      }
      if (state.activityName().equals("Suspended") && timer.compareTo(MAX_SUSPEND) >= 0) {
        rules.add(PREEMPT);
      }
      if (state.activityName().equals("Vacating") && timer.compareTo(VACATE) > 0) {
        rules.add(KILL);
      }
      if (timer.compareTo(Duration.ofMinutes(30)) > 0) {
        rules.add(PERIODIC_CHECKPOINT);
      }
      return new SlotEvent.PolicySaw(
          new PolicyValues(
              ownerActive ? Optional.of("START is false") : Optional.empty(),
              rules,
              Duration.ZERO,
              VACATE));
    }

    /** One step of the world: time, the owner, or whatever another daemon says. */
    void step(Random random) {
      switch (random.nextInt(4)) {
        case 0 -> now = now.plusMillis(random.nextInt(8000));
        case 1 -> {
          ownerActive = random.nextBoolean();
          happen(policy());
        }
        default -> {
          SlotEvent event = events.get(random.nextInt(events.size()));
          boolean isForeignPolicy = event instanceof SlotEvent.PolicySaw;
          happen(isForeignPolicy ? policy() : event);
        }
      }
    }

    /** A second in which nobody but the policy speaks, and every deadline is kept. */
    void aloneForASecond() {
      now = now.plusSeconds(1);
      happen(policy());
      if (state.due().filter(due -> due.compareTo(now) <= 0).isPresent()) {
        happen(new SlotEvent.Tick());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noSlotIsBusyOnceItsPolicySawTheOwner(long seed) {
    Random random = new Random(seed);
    World world = new World();
    for (int step = 0; step < STEPS; step++) {
      world.step(random);
      if (world.ownerActive) {
        world.happen(world.policy());
        assertThat(world.state.activityName())
            .as("SEED=%d, step %d", seed, step)
            .isNotEqualTo("Busy");
        assertThat(world.state).as("SEED=%d", seed).isNotInstanceOf(SlotState.Unclaimed.class);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anOwnerWhomNobodyElseHelpsHasTheMachineInTime(long seed) {
    Random random = new Random(seed);
    World world = new World();
    for (int steps = random.nextInt(STEPS); steps > 0; steps--) {
      world.step(random);
    }
    world.ownerActive = true;
    Duration began = world.now;
    Duration bound =
        MAX_SUSPEND.plus(VACATE).plus(SlotSamples.PATIENCE.kill().multipliedBy(2)).plusSeconds(3);
    world.said.clear();
    while (hasProcesses(world.state) && !isStarterKilled(world)) {
      world.aloneForASecond();
      assertThat(world.now.minus(began))
          .as("SEED=%d, %s", seed, world.state)
          .isLessThanOrEqualTo(bound);
    }
    if (isStarterKilled(world)) {
      // Whichever run it was: the world may have given the slot another meanwhile.
      world
          .state
          .held()
          .ifPresent(run -> world.happen(new SlotEvent.RunLeft(run, "the starter was killed")));
    }
    assertThat(hasProcesses(world.state)).as("SEED=%d", seed).isFalse();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theLastWordToTheStarterIsWhatTheSlotShows(long seed) {
    Random random = new Random(seed);
    World world = new World();
    for (int step = 0; step < STEPS; step++) {
      world.step(random);
      Optional<SlotAction> last =
          world.said.reversed().stream()
              .filter(
                  action ->
                      action instanceof SlotAction.SuspendRun
                          || action instanceof SlotAction.ContinueRun
                          || action instanceof SlotAction.EndRun)
              .findFirst();
      switch (world.state.work()) {
        case Work.Suspended _ ->
            assertThat(last.orElseThrow())
                .as("SEED=%d", seed)
                .isInstanceOf(SlotAction.SuspendRun.class);
        case Work.Running _ ->
            assertThat(last.orElseThrow())
                .as("SEED=%d", seed)
                .isInstanceOf(SlotAction.ContinueRun.class);
        case Work.Idle _, Work.Starting _, Work.Ending _, Work.Gone _ -> {}
      }
    }
  }

  private static boolean hasProcesses(SlotState state) {
    return state.held().isPresent()
        && !(state.work() instanceof Work.Ending(_, Work.Stage stage, _, _)
            && stage == Work.Stage.UPLOADING);
  }

  private static boolean isStarterKilled(World world) {
    return world.said.stream().anyMatch(SlotAction.KillStarter.class::isInstance);
  }
}
