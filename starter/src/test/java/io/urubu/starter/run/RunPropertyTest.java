package io.urubu.starter.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.starter.sandbox.ProgramEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random lives of a run in a small world that answers its actions: sandboxes that start and die,
 * checkpoints that come about or not, a shadow that commits, refuses and changes, an owner who
 * comes and goes. Replay one with {@code SEED=<number>} in the environment.
 */
@Tag("unit")
class RunPropertyTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int LIVES = 3_000;
  private static final int LONGEST = 400;

  static LongStream seeds() {
    String seed = System.getenv("SEED");
    return seed == null
        ? LongStream.range(0, LIVES).map(i -> new Random(i * 31 + 7).nextLong())
        : LongStream.of(Long.parseLong(seed));
  }

  @ParameterizedTest(name = "SEED={0}")
  @MethodSource("seeds")
  void whateverHappensTheRunKeepsItsPromises(long seed) {
    World world = new World(new Random(seed));

    for (int i = 0; i < LONGEST && !world.isGone(); i++) {
      world.step();
    }
    world.end();

    assertThat(world.isGone()).as("gone at last: " + world.history()).isTrue();
  }

  /** What the run's actions meet, and the promises. */
  private static final class World {
    private final Random random;
    private final List<String> history = new ArrayList<>();
    private final List<RunEvent> pending = new ArrayList<>();
    private final Set<Integer> sent = new HashSet<>();
    private final Set<Integer> committed = new HashSet<>();
    private RunState state = RunState.initial(Duration.ofSeconds(60), Duration.ofSeconds(10), 0);
    private long now;
    private boolean hasProgram;
    private boolean isFrozen;
    private boolean isKilled;
    private boolean isRestoring;
    private int starts;
    private int ends;
    private int last;
    private Optional<Integer> taking = Optional.empty();
    private Optional<RunEnd> reported = Optional.empty();

    World(Random random) {
      this.random = random;
    }

    boolean isGone() {
      return state.phase() instanceof Phase.Gone;
    }

    String history() {
      return String.join("\n", history);
    }

    void step() {
      now += random.nextInt(4) == 0 ? random.nextLong(5 * SECOND) : random.nextLong(SECOND);
      if (random.nextInt(20) > 0) {
        handle(new RunEvent.Answered(now));
      }
      if (!pending.isEmpty() && random.nextInt(3) > 0) {
        handle(pending.remove(random.nextInt(pending.size())));
      } else {
        handle(happening());
      }
      handle(new RunEvent.Tick());
    }

    /** The startd's patience is over: a bounded number of answers later nothing is left. */
    void end() {
      handle(new RunEvent.EndAsked(false, "now", "StartdStopped"));
      for (int i = 0; i < 50 && !isGone(); i++) {
        handle(new RunEvent.Tick());
        if (!pending.isEmpty()) {
          handle(pending.removeFirst());
        }
      }
    }

    private RunEvent happening() {
      return switch (random.nextInt(30)) {
        case 0 -> new RunEvent.HoldAsked(Holder.OWNER, "keyboard");
        case 1 -> new RunEvent.HoldAsked(Holder.USER, "user");
        case 2, 3, 4 -> new RunEvent.ReleaseAsked(Holder.OWNER);
        case 5, 6, 7 -> new RunEvent.ReleaseAsked(Holder.USER);
        case 8 -> new RunEvent.StartdLost();
        case 9, 10 -> new RunEvent.StartdBack();
        case 11, 12, 13 -> new RunEvent.CheckpointAsked();
        case 14 -> new RunEvent.EndAsked(true, "owner", "OwnerReturned");
        case 15, 16, 17, 18 -> new RunEvent.Opened(Duration.ofSeconds(60));
        case 19 -> random.nextInt(6) == 0 ? new RunEvent.Rejected("newer run") : tick();
        case 20 -> random.nextInt(6) == 0 ? endAtOnce() : tick();
        case 21 -> programEnds(false);
        case 22 -> programEnds(true);
        case 23, 24, 25, 26 -> answer();
        default -> tick();
      };
    }

    private static RunEvent tick() {
      return new RunEvent.Tick();
    }

    private static RunEvent endAtOnce() {
      return new RunEvent.EndAsked(false, "at once", "StartdStopped");
    }

    private RunEvent programEnds(boolean isCheckpoint) {
      if (!hasProgram || isFrozen || random.nextInt(3) > 0) {
        return tick();
      }
      return programGone(new ProgramEnd.Exited(isCheckpoint ? 85 : 0), isCheckpoint);
    }

    private RunEvent programGone(ProgramEnd end, boolean isCheckpoint) {
      hasProgram = false;
      pending.removeIf(event -> event instanceof RunEvent.ProgramEnded);
      return new RunEvent.ProgramEnded(end, isCheckpoint);
    }

    /** The shadow's answer to a checkpoint that it has. */
    private RunEvent answer() {
      if (sent.isEmpty()) {
        return tick();
      }
      int number = sent.stream().sorted().toList().get(random.nextInt(sent.size()));
      return switch (random.nextInt(4)) {
        case 0 -> {
          sent.remove(number);
          yield new RunEvent.CheckpointRefused(number, "no");
        }
        case 1 -> new RunEvent.UploadFailed(number, "broken");
        default -> {
          committed.add(number);
          yield new RunEvent.CheckpointCommitted(number, number + 10);
        }
      };
    }

    private void handle(RunEvent event) {
      if (event instanceof RunEvent.ProgramEnded) {
        hasProgram = false;
      }
      Step step = RunDecider.decide(state, event, now);
      history.add(event + " -> " + step.state().phase() + " " + step.actions());
      RunState before = state;
      state = step.state();
      for (RunAction action : step.actions()) {
        perform(action, before);
      }
      check(
          !(state.phase() instanceof Phase.Running && hasProgram && state.isHeld()) || isFrozen,
          "a held program stands still");
      check(
          !(state.phase() instanceof Phase.Running && hasProgram && !state.isHeld()) || !isFrozen,
          "a program that nobody holds goes on");
    }

    private void check(boolean isKept, String promise) {
      if (!isKept) {
        throw new AssertionError(promise + ":\n" + history());
      }
    }

    private void perform(RunAction action, RunState before) {
      switch (action) {
        case RunAction.FetchInputs() -> laid();
        case RunAction.StartProgram(var generation) -> start(generation);
        case RunAction.Freeze() -> isFrozen = true;
        case RunAction.Thaw() -> {
          check(
              !state.isHeld() || state.phase() instanceof Phase.Saving,
              "what is held goes on to be saved only");
          isFrozen = false;
        }
        case RunAction.Terminate() -> {
          isFrozen = false;
          dies(new ProgramEnd.Signalled(15));
        }
        case RunAction.Kill() -> kill();
        case RunAction.Take(var number, _) -> take(number, hasProgram);
        case RunAction.TakeAtRest(var number) -> take(number, !hasProgram);
        case RunAction.Upload(var number, _) -> upload(number);
        case RunAction.Discard(var number) -> sent.remove(number);
        case RunAction.TellCheckpointed(var number, _) ->
            check(committed.contains(number), "the startd hears of durable checkpoints only");
        case RunAction.TellLeftMemory() -> check(!hasProgram, "memory is empty");
        case RunAction.StoreOutputs() -> afterProgram(new RunEvent.OutputsStored());
        case RunAction.Report(var end) -> report(end);
        case RunAction.Clean() -> afterProgram(new RunEvent.Cleaned());
        case RunAction.TellExecuting() ->
            check(!before.phase().equals(new Phase.Waiting()), "only what runs executes");
        case RunAction.DropRestored _,
            RunAction.TellSuspended _,
            RunAction.TellContinued _,
            RunAction.TellCheckpointFailed _,
            RunAction.TellGone _ -> {}
      }
    }

    private void upload(int number) {
      check(reported.isEmpty(), "nothing is sent after the end was told");
      sent.add(number);
    }

    private void afterProgram(RunEvent done) {
      check(!hasProgram, "nothing is collected or removed beneath a program");
      pending.add(done);
    }

    private void laid() {
      Optional<Duration> period =
          random.nextBoolean() ? Optional.of(Duration.ofSeconds(7)) : Optional.empty();
      int generation = random.nextInt(3) == 0 ? 9 : 0;
      Saves.Plan plan = new Saves.Plan(random.nextInt(3) > 0, Duration.ofSeconds(20), period);
      pending.add(
          random.nextInt(20) == 0
              ? new RunEvent.InputsFailed(RunEnd.Failed.ofMachine("no room"))
              : new RunEvent.InputsLaid(generation, plan));
    }

    private void start(int generation) {
      check(!state.isHeld(), "what is held does not start");
      check(!hasProgram, "a program runs once");
      check(!isKilled, "what was killed does not start again");
      check(generation == 0 || starts == 0, "only the first start is from a checkpoint");
      starts++;
      hasProgram = true;
      isRestoring = generation > 0;
      pending.add(new RunEvent.ProgramStarting());
      if (isRestoring) {
        pending.add(
            random.nextInt(4) == 0
                ? new RunEvent.RestartFailed(
                    RunEnd.Failed.ofGeneration(generation, false, "it hangs"))
                : new RunEvent.Restarted());
      }
    }

    private void kill() {
      isKilled = true;
      if (random.nextInt(5) == 0) {
        dies(new ProgramEnd.Exited(0)); // It was faster.
      } else {
        dies(new ProgramEnd.Broken("killed"));
      }
    }

    private void dies(ProgramEnd end) {
      if (hasProgram
          && pending.stream().noneMatch(event -> event instanceof RunEvent.ProgramEnded)) {
        pending.add(new RunEvent.ProgramEnded(end, random.nextInt(8) == 0));
      }
    }

    private void take(int number, boolean isPossible) {
      check(isPossible, "a checkpoint is of what is there");
      check(!isKilled, "what was killed is not saved");
      check(number == last + 1, "numbers are not used twice");
      check(
          taking.isEmpty() || pending.stream().noneMatch(event -> isOf(event, taking.get())),
          "one at a time");
      last = number;
      taking = Optional.of(number);
      pending.add(
          random.nextInt(3) == 0
              ? new RunEvent.TakeFailed(number, "no room")
              : new RunEvent.Taken(number));
    }

    private static boolean isOf(RunEvent event, int number) {
      return event.equals(new RunEvent.Taken(number))
          || (event instanceof RunEvent.TakeFailed(var failed, _) && failed == number);
    }

    private void report(RunEnd end) {
      check(!hasProgram, "the end is told when nothing runs");
      if (reported.isPresent() && !reported.get().equals(end)) {
        ends++;
      }
      check(ends == 0, "one end, however often it is told");
      if (end instanceof RunEnd.Vacated(_, _, var isCheckpointed) && isCheckpointed) {
        check(committed.contains(last), "who left with a checkpoint has it: the last one");
      }
      reported = Optional.of(end);
      if (random.nextInt(3) > 0) {
        pending.add(new RunEvent.Finished());
      }
    }
  }
}
