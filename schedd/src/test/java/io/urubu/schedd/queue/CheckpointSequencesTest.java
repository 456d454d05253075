package io.urubu.schedd.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random lives of a job whose checkpoints are followed by a second, simpler book. {@code SEED=n}
 * plays one again.
 */
@Tag("unit")
class CheckpointSequencesTest {
  private static final int LIVES = 400;
  private static final int EVENTS = 300;

  static List<Long> seeds() {
    String seed = System.getenv("SEED");
    if (seed != null) {
      return List.of(Long.parseLong(seed));
    }
    List<Long> seeds = new ArrayList<>();
    new Random(7).longs(LIVES).forEach(seeds::add);
    return seeds;
  }

  @ParameterizedTest(name = "SEED={0}")
  @MethodSource("seeds")
  void noRunGoesOnFromAnythingOlderThanTheLastCheckpointThatCounts(long seed) {
    World world = new World(new Random(seed));
    for (int i = 0; i < EVENTS; i++) {
      world.happen();
    }
    assertThat(world.archived).as("SEED=%d", seed).isLessThanOrEqualTo(1);
  }

  @Test
  void theLivesAreFullEnough() {
    int accepted = 0;
    int dropped = 0;
    int restarts = 0;
    for (long seed : seeds()) {
      World world = new World(new Random(seed));
      for (int i = 0; i < EVENTS; i++) {
        world.happen();
      }
      accepted += world.accepted;
      dropped += world.dropped;
      restarts += world.restarts;
    }

    assertThat(List.of(accepted, dropped, restarts))
        .allSatisfy(count -> assertThat(count).isGreaterThan(seeds().size()));
  }

  /** The job, what its shadow has on disk, and what the book says of it. */
  private static final class World {
    private final Random random;
    private JobLife life = JobLife.FRESH;
    private int archived;
    private int accepted;
    private int dropped;
    private int restarts;

    // What the shadow made, by its recipe.
    private final Map<String, Generation> made = new LinkedHashMap<>();
    private final Set<Integer> runsThatSaved = new HashSet<>();
    private final Set<String> refused = new HashSet<>();

    // The book: everything that was accepted and not dropped by the rules, oldest first.
    private final List<Generation> counting = new ArrayList<>();
    private final Map<Integer, Integer> failures = new HashMap<>();

    World(Random random) {
      this.random = random;
    }

    void happen() {
      JobEvent event = event();
      JobLife before = life;
      Step step = JobDecider.decide(before, event);
      life = step.next();
      if (event instanceof JobEvent.RunEnded(int run, _)) {
        assertThat(step.actions()).contains(new JobAction.Settle(run));
      }
      book(before, event, step);
      check(before, step);
    }

    private JobEvent event() {
      if (life.runs() == 0) {
        return new JobEvent.Assigned();
      }
      int run = Math.max(1, life.runs() - (random.nextInt(6) == 0 ? 1 : 0));
      return switch (random.nextInt(14)) {
        case 0, 1, 2 -> new JobEvent.Assigned();
        case 3, 4, 5 -> new JobEvent.Admitted(run);
        case 6 -> new JobEvent.RunLeft(run, "left", random.nextBoolean());
        case 7 -> ended(run, new RunOutcome.Closed("closed", random.nextBoolean()));
        case 8 -> ended(run, lessLikely(run));
        case 9 ->
            runsThatSaved.contains(run)
                ? ended(run, new RunOutcome.MachineFailed("broken"))
                : ended(
                    run,
                    new RunOutcome.RestartFailed(
                        failing(), random.nextInt(3) == 0, "restart failed"));
        case 10 ->
            random.nextInt(3) == 0
                ? new JobEvent.Hold(new HoldReason(1, 0, "hold"))
                : new JobEvent.Ordered(new Order.Vacate(false, "vacate"));
        case 11 -> new JobEvent.Release("release");
        default -> prepared(run);
      };
    }

    private RunOutcome lessLikely(int run) {
      return switch (random.nextInt(12)) {
        case 0 -> new RunOutcome.Exited();
        case 1 -> new RunOutcome.UserFailed(new HoldReason(13, 2, "input of " + run));
        default -> new RunOutcome.Lost("lost");
      };
    }

    private static JobEvent ended(int run, RunOutcome outcome) {
      return new JobEvent.RunEnded(run, outcome);
    }

    private int failing() {
      return life.checkpoints().newest().map(Generation::number).orElse(1) - random.nextInt(2);
    }

    /** A new one, or one that the shadow has said before. */
    private JobEvent prepared(int run) {
      if (!made.isEmpty() && random.nextInt(3) == 0) {
        List<Generation> all = List.copyOf(made.values());
        Generation again = all.get(random.nextInt(all.size()));
        return new JobEvent.Prepared(again.run(), again);
      }
      int newest = life.checkpoints().newest().map(Generation::number).orElse(0);
      String recipe = "%064x".formatted(made.size() + 1);
      Generation fresh =
          new Generation(
              Math.max(1, newest + random.nextInt(3)),
              run,
              "dmtcp",
              "",
              made.size(),
              Instant.EPOCH,
              recipe);
      made.put(recipe, fresh);
      runsThatSaved.add(run);
      return new JobEvent.Prepared(run, fresh);
    }

    private void book(JobLife before, JobEvent event, Step step) {
      if (event instanceof JobEvent.Prepared(int run, var generation)) {
        if (step.actions().stream().anyMatch(JobAction.NotRecorded.class::isInstance)) {
          refused.add(generation.recipeSha256());
        } else if (!before.checkpoints().has(generation)) {
          assertThat(run).isEqualTo(before.runs());
          counting.add(generation);
          accepted++;
        }
      }
      if (event instanceof JobEvent.RunEnded(int run, RunOutcome.RestartFailed failed)
          && run == before.currentRun()) {
        restartFailed(failed);
      }
      archived += step.actions().contains(new JobAction.Archive()) ? 1 : 0;
    }

    /** Two generations are kept; older ones are past. */
    private void restartFailed(RunOutcome.RestartFailed failed) {
      List<Generation> kept = counting.reversed().stream().limit(2).toList();
      kept.stream()
          .filter(generation -> generation.number() == failed.generation())
          .forEach(
              generation -> {
                int times = failures.merge(index(generation), 1, Integer::sum);
                if (failed.damaged() || times > 1) {
                  dropped++;
                  counting.clear();
                  kept.reversed().stream()
                      .filter(g -> !g.isSame(generation))
                      .forEach(counting::add);
                }
              });
    }

    private int index(Generation generation) {
      return List.copyOf(made.keySet()).indexOf(generation.recipeSha256());
    }

    private void check(JobLife before, Step step) {
      List<String> kept = life.checkpoints().kept().stream().map(Generation::recipeSha256).toList();
      assertThat(kept).noneMatch(refused::contains);
      if (!life.hasEnded()) {
        assertThat(kept)
            .isEqualTo(
                counting.reversed().stream().limit(2).map(Generation::recipeSha256).toList());
        assertThat(life.checkpoints().numbers()).isSortedAccordingTo(Comparator.reverseOrder());
      }
      if (step.actions().stream().anyMatch(JobAction.Admit.class::isInstance)) {
        Optional<Generation> from = life.checkpoints().newest();
        restarts += from.isPresent() ? 1 : 0;
        assertThat(from.map(Generation::recipeSha256))
            .isEqualTo(
                counting.isEmpty()
                    ? Optional.empty()
                    : Optional.of(counting.getLast().recipeSha256()));
      }
      assertThat(life.hasEnded() || !before.hasEnded()).isTrue();
    }
  }
}
