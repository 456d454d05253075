package io.urubu.startd.slot;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.startd.slot.SlotState.Claimed;
import io.urubu.startd.slot.SlotState.Preempting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The table in docs/states/slot.md is what the decider does. */
@Tag("unit")
class SlotTableTest {
  private final SlotDecider decider = new SlotDecider(SlotSamples.PATIENCE);

  @Test
  void theTableIsWhatTheDeciderDoes() throws IOException {
    Path documented = Path.of("..", "docs", "states", "slot.md");
    if ("true".equals(System.getenv("WRITE_TABLES"))) {
      Files.writeString(documented, table());
    }

    assertThat(documented).content().isEqualTo(table());
  }

  private String table() {
    StringBuilder table =
        new StringBuilder(
            """
            # The states of a slot

            Printed by `SlotTableTest`; run it with `WRITE_TABLES=true` in the environment to write
            this page anew.
            What is not in the table changes nothing. Actions are carried out after the next state
            is stored; only `suspend` does not wait for that.

            How an owner's words for these states relate to the lines: a claim that is idle, gone is
            Claimed/Idle; starting, running are Claimed/Busy; retiring is Claimed/Retiring;
            suspended is Claimed/Suspended; vacating, uploading are Vacating, killing is Killing,
            each in the state that the line names. `closed` means that the policy last said that no
            job may begin: such a slot becomes its owner's, and is not free for a moment between.
            The events that begin with `policy` name the expressions that are true.

            | state | event | next state | actions |
            |---|---|---|---|
            """);
    SlotSamples.states()
        .forEach(
            (name, state) -> {
              SlotSamples.events()
                  .forEach(
                      (event, sample) -> row(table, name, state, event, sample, SlotSamples.NOW));
              for (Map.Entry<String, Duration> time : times(state).entrySet()) {
                row(table, name, state, time.getKey(), new SlotEvent.Tick(), time.getValue());
              }
            });
    return table.toString();
  }

  private static Map<String, Duration> times(SlotState state) {
    return state.due().isEmpty()
        ? Map.of()
        : state.heldClaim().isEmpty() || state.due().get().equals(SlotSamples.LATER)
            ? Map.of("its time is over", state.due().get())
            : new TreeMap<>(
                Map.of(
                    "its time is over", state.due().get(), "the lease is over", SlotSamples.LATER));
  }

  private void row(
      StringBuilder table,
      String name,
      SlotState state,
      String event,
      SlotEvent sample,
      Duration now) {
    Step step = decider.decide(state, sample, now);
    boolean isOnlyNews =
        describe(step.next())
                .replace(", closed", "")
                .equals(describe(state).replace(", closed", ""))
            && event.startsWith("policy");
    if ((!step.next().equals(state) && !isOnlyNews) || !step.actions().isEmpty()) {
      String actions =
          step.actions().stream().map(SlotTableTest::describe).collect(Collectors.joining(", "));
      table.append(
          "| %s | %s | %s | %s |\n".formatted(name, event, describe(step.next()), actions));
    }
  }

  private static String describe(SlotState state) {
    return switch (state) {
      case Claimed claimed ->
          (claimed.last() ? "Claimed for the last time, " : "Claimed, ")
              + describe(claimed.work())
              + (claimed.closed().isPresent() ? ", closed" : "");
      case Preempting preempting ->
          "Preempting, "
              + (preempting.known() ? "" : "claim lost, ")
              + (preempting.draining() ? "draining, " : "")
              + describe(preempting.work())
              + (preempting.closed().isPresent() ? ", closed" : "");
      case SlotState.Owner _, SlotState.Unclaimed _ -> state.stateName();
      case SlotState.Matched _, SlotState.Drained _ -> state.stateName();
    };
  }

  private static String describe(Work work) {
    return switch (work) {
      case Work.Idle _ -> "idle";
      case Work.Starting starting -> starting.suspended() ? "starting, suspended" : "starting";
      case Work.Running running ->
          running.pace().retireUntil().isPresent() ? "retiring" : "running";
      case Work.Suspended _ -> "suspended";
      case Work.Ending ending -> ending.stage().name().toLowerCase(Locale.ROOT);
      case Work.Gone _ -> "gone";
    };
  }

  private static String describe(SlotAction action) {
    return switch (action) {
      case SlotAction.Dial _ -> "dial";
      case SlotAction.HangUp(var released) -> released.isPresent() ? "give back" : "hang up";
      case SlotAction.StartRun _ -> "start";
      case SlotAction.TellActivated _ -> "tell activated";
      case SlotAction.TellRefused(_, _, var fault) ->
          fault ? "tell refused (machine)" : "tell refused";
      case SlotAction.EndRun(_, _, var graceful, _) -> graceful ? "end gracefully" : "kill";
      case SlotAction.SuspendRun _ -> "suspend";
      case SlotAction.ContinueRun _ -> "continue";
      case SlotAction.PassWish(_, _, var wish) ->
          "pass on: " + wish.getClass().getSimpleName().toLowerCase(Locale.ROOT);
      case SlotAction.KillStarter _ -> "kill the starter";
      case SlotAction.MoveShadow _ -> "tell the starter";
      case SlotAction.TellGone _ -> "tell gone";
    };
  }
}
