package io.urubu.starter.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.starter.sandbox.ProgramEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Prints what the decider does as a page for people, and fails when the page is another. */
@Tag("unit")
class RunTableTest {
  private static final Path TABLE = Path.of("..", "docs", "states", "starter-run.md");
  private static final long SECOND = 1_000_000_000L;
  private static final long NOW = 1_000 * SECOND;
  private static final RunEnd.Vacated LEAVE =
      RunEnd.Vacated.of("the owner is back", "OwnerReturned");
  private static final RunEnd.Failed FAILED = RunEnd.Failed.ofGeneration(4, false, "it hangs");
  private static final ProgramEnd EXIT = new ProgramEnd.Exited(0);
  private static final ProgramEnd KILLED = new ProgramEnd.Broken("killed");
  private static final Saves.Plan PLAN =
      new Saves.Plan(true, Duration.ofSeconds(60), Optional.of(Duration.ofSeconds(100)));
  private static final Saves SAVABLE = Saves.none(PLAN).dueFrom(NOW);

  private static RunState in(Phase phase, Saves saves) {
    return RunState.initial(Duration.ofSeconds(2400), Duration.ofSeconds(10), NOW)
        .with(phase)
        .with(saves);
  }

  private static Map<String, RunState> states() {
    Saves taking = SAVABLE.begun();
    Saves uploading = taking.notTaking(NOW).sending(Optional.of(1), Optional.empty());
    Map<String, RunState> states = new LinkedHashMap<>();
    states.put("Opening", in(new Phase.Opening(), Saves.none(Saves.Plan.NONE)));
    states.put("Fetching", in(new Phase.Fetching(), Saves.none(Saves.Plan.NONE)));
    states.put("Waiting, held by the owner", held(in(new Phase.Waiting(), SAVABLE)));
    states.put("Restoring", in(new Phase.Restoring(4, NOW + SECOND, Optional.empty()), SAVABLE));
    states.put(
        "Running, cannot be saved", in(new Phase.Running(true), Saves.none(Saves.Plan.NONE)));
    states.put("Running", in(new Phase.Running(true), SAVABLE));
    states.put("Running, held by the owner", held(in(new Phase.Running(true), SAVABLE)));
    states.put("Running, checkpoint 1 being taken", in(new Phase.Running(true), taking));
    states.put("Running, checkpoint 1 on its way", in(new Phase.Running(true), uploading));
    states.put("Resting", in(new Phase.Resting(1), taking));
    states.put("Saving", in(new Phase.Saving(LEAVE, 1, NOW + 10 * SECOND, false), taking));
    states.put(
        "Saving, the program saved itself and is gone",
        in(new Phase.Saving(LEAVE, 1, NOW + 10 * SECOND, true), taking));
    states.put("Emptying", in(new Phase.Emptying(LEAVE, 1), uploading));
    states.put("Uploading", in(new Phase.Uploading(LEAVE, 1, true), uploading));
    states.put(
        "Leaving",
        in(new Phase.Leaving("the owner is back", Optional.of(LEAVE), NOW + 10 * SECOND), SAVABLE));
    states.put("Failing", in(new Phase.Failing(FAILED), SAVABLE));
    states.put(
        "Storing",
        in(new Phase.Storing(new RunEnd.Exited(EXIT), Optional.empty(), false), SAVABLE));
    states.put(
        "Reporting", in(new Phase.Reporting(new RunEnd.Exited(EXIT), Optional.empty()), SAVABLE));
    states.put("Cleaning", in(new Phase.Cleaning("finished"), SAVABLE));
    return states;
  }

  private static RunState held(RunState state) {
    return state.with(Holds.NONE.with(Holder.OWNER, Optional.of("keyboard")));
  }

  private static Map<String, RunEvent> events() {
    Map<String, RunEvent> events = new LinkedHashMap<>();
    events.put("Opened", new RunEvent.Opened(Duration.ofMinutes(40)));
    events.put("Rejected", new RunEvent.Rejected("a newer run has the rights"));
    events.put("Finished", new RunEvent.Finished());
    events.put("InputsLaid", new RunEvent.InputsLaid(0, PLAN));
    events.put("InputsLaid, with checkpoint 4", new RunEvent.InputsLaid(4, PLAN));
    events.put("InputsFailed", new RunEvent.InputsFailed(FAILED));
    events.put("ProgramStarting", new RunEvent.ProgramStarting());
    events.put("Restarted", new RunEvent.Restarted());
    events.put("RestartFailed", new RunEvent.RestartFailed(FAILED));
    events.put("ProgramEnded, by itself", new RunEvent.ProgramEnded(EXIT, false));
    events.put("ProgramEnded, killed", new RunEvent.ProgramEnded(KILLED, false));
    events.put("ProgramEnded, saved itself", new RunEvent.ProgramEnded(EXIT, true));
    events.put("CheckpointAsked", new RunEvent.CheckpointAsked());
    events.put("Taken 1", new RunEvent.Taken(1));
    events.put("TakeFailed 1", new RunEvent.TakeFailed(1, "no room"));
    events.put("UploadFailed 1", new RunEvent.UploadFailed(1, "refused"));
    events.put("CheckpointCommitted 1", new RunEvent.CheckpointCommitted(1, 5));
    events.put("CheckpointRefused 1", new RunEvent.CheckpointRefused(1, "no rights"));
    events.put("OutputsStored", new RunEvent.OutputsStored());
    events.put("OutputsFailed", new RunEvent.OutputsFailed(FAILED));
    events.put("HoldAsked, owner", new RunEvent.HoldAsked(Holder.OWNER, "keyboard"));
    events.put("HoldAsked, user", new RunEvent.HoldAsked(Holder.USER, "the user"));
    events.put("ReleaseAsked, owner", new RunEvent.ReleaseAsked(Holder.OWNER));
    events.put("EndAsked, polite", new RunEvent.EndAsked(true, "back", "OwnerReturned"));
    events.put("EndAsked, at once", new RunEvent.EndAsked(false, "back", "OwnerReturned"));
    events.put("StartdLost", new RunEvent.StartdLost());
    events.put("StartdBack", new RunEvent.StartdBack());
    events.put("Cleaned", new RunEvent.Cleaned());
    return events;
  }

  private static String table() {
    StringBuilder page = new StringBuilder("# The states of a run at the starter\n");
    page.append(
        """

        Printed by `RunTableTest`; run it with `WRITE_TABLES=true` in the environment to write this
        page anew. The job can be saved and wants a checkpoint every 100 s, where nothing else is
        said. `Tick` is shown after 5 s, 200 s (checkpoints, patience) and 3000 s (leases).
        Events that change nothing and ask for nothing are left out.
        """);
    states()
        .forEach(
            (name, state) -> {
              page.append("\n## ").append(name).append("\n\n");
              page.append("| event | next state | actions, in order |\n|---|---|---|\n");
              events().forEach((event, it) -> page.append(row(state, event, it, NOW)));
              for (long seconds : new long[] {5, 200, 3000}) {
                page.append(
                    row(
                        state,
                        "Tick, " + seconds + " s later",
                        new RunEvent.Tick(),
                        NOW + seconds * SECOND));
              }
            });
    return page.toString();
  }

  private static String row(RunState state, String name, RunEvent event, long now) {
    Step step = RunDecider.decide(state, event, now);
    if (step.state().equals(state) && step.actions().isEmpty()) {
      return "";
    }
    String actions =
        step.actions().stream().map(RunTableTest::name).collect(Collectors.joining(", "));
    return "| %s | %s | %s |\n".formatted(name, name(step.state()), actions);
  }

  private static String name(RunState state) {
    Phase phase = state.phase();
    String name = phase.getClass().getSimpleName();
    String more =
        switch (phase) {
          case Phase.Restoring(_, _, var ended) when ended.isPresent() -> ", ended";
          case Phase.Saving(_, var number, _, var isGone) ->
              " " + number + (isGone ? ", program gone" : "");
          case Phase.Emptying(_, var number) -> " " + number;
          case Phase.Uploading(_, var number, var isLast) ->
              " " + number + (isLast ? "" : ", not of the last moment");
          case Phase.Resting(var number) -> " " + number;
          case Phase.Leaving(_, var report, _) ->
              report.map(end -> ", then " + name(end)).orElse(", then nothing");
          case Phase.Reporting(var end, _) -> " " + name(end);
          default -> "";
        };
    Saves saves = state.saves();
    return name
        + more
        + (state.isHeld() ? ", held" : "")
        + saves.taking().map(number -> ", taking " + number).orElse("")
        + saves.uploading().map(number -> ", sending " + number).orElse("")
        + (saves.isWanted() ? ", checkpoint wanted" : "");
  }

  private static String name(RunEnd end) {
    return switch (end) {
      case RunEnd.Exited _ -> "Exited";
      case RunEnd.Failed(_, _, var generation, _) ->
          generation == 0 ? "Failed" : "Failed (checkpoint " + generation + ")";
      case RunEnd.Vacated(_, var code, var isCheckpointed) ->
          "Vacated " + code + (isCheckpointed ? ", checkpointed" : "");
    };
  }

  private static String name(RunAction action) {
    String name = action.getClass().getSimpleName();
    return switch (action) {
      case RunAction.Report(var end) -> name + " " + name(end);
      case RunAction.StartProgram(var generation) when generation > 0 ->
          name + " from checkpoint " + generation;
      case RunAction.Take(var number, _) -> name + " " + number;
      case RunAction.TakeAtRest(var number) -> name + " " + number;
      case RunAction.Upload(var number, var isLeaving) ->
          name + " " + number + (isLeaving ? ", leaving" : "");
      case RunAction.Discard(var number) -> name + " " + number;
      default -> name;
    };
  }

  @Test
  void theTableIsAsDocumented() throws IOException {
    String table = table();
    if ("true".equals(System.getenv("WRITE_TABLES"))) {
      Files.writeString(TABLE, table);
    }

    assertThat(TABLE).content().isEqualTo(table);
  }
}
