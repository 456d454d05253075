package io.urubu.schedd.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class JobDeciderTest {
  private static final HoldReason BY_USER = new HoldReason(1, 0, "hold");
  private static final HoldReason INPUT = new HoldReason(13, 2, "input");
  private static final Checkpoints SAVED =
      new Checkpoints(List.of(generation(4, 1), generation(3, 1)));

  static Generation generation(int number, int run) {
    return new Generation(
        number,
        run,
        "dmtcp",
        "x86",
        1_000_000,
        Instant.ofEpochSecond(1_800_000_000L + number),
        "%064x".formatted(1000 * run + number));
  }

  private static Map<String, JobLife> states() {
    Map<String, JobLife> states = new LinkedHashMap<>();
    states.put("Idle", life(new JobState.Idle()));
    states.put("Starting(2)", life(new JobState.Starting(2)));
    states.put("Running(2)", life(new JobState.Running(2)));
    states.put("Closing(2, again)", closing(new JobState.After.Again(false)));
    states.put("Closing(2, again later)", closing(new JobState.After.Again(true)));
    states.put("Closing(2, hold)", closing(new JobState.After.Hold(BY_USER)));
    states.put("Closing(2, remove)", closing(new JobState.After.Remove("rm")));
    states.put("Held", life(new JobState.Held()));
    states.put("Completed", life(new JobState.Completed()));
    states.put("Removed", life(new JobState.Removed()));
    return states;
  }

  private static JobLife closing(JobState.After after) {
    return life(new JobState.Closing(2, after));
  }

  private static JobLife life(JobState state) {
    boolean ended = state instanceof JobState.Completed || state instanceof JobState.Removed;
    return new JobLife(state, 2, 0, ended ? Checkpoints.NONE : SAVED);
  }

  private static Map<String, JobEvent> events() {
    Map<String, JobEvent> events = new LinkedHashMap<>();
    events.put("Assigned", new JobEvent.Assigned());
    events.put("Admitted(2)", new JobEvent.Admitted(2));
    events.put("Admitted(1)", new JobEvent.Admitted(1));
    events.put("AdmitFailed(2)", new JobEvent.AdmitFailed(2, INPUT));
    events.put("RunLeft(2)", new JobEvent.RunLeft(2, "left", false));
    events.put("RunLeft(2, machine's fault)", new JobEvent.RunLeft(2, "left", true));
    events.put("RunLeft(1)", new JobEvent.RunLeft(1, "left", false));
    events.put("RunEnded(2, exited)", ended(2, new RunOutcome.Exited()));
    events.put("RunEnded(2, closed)", ended(2, new RunOutcome.Closed("closed")));
    events.put("RunEnded(2, machine failed)", ended(2, new RunOutcome.MachineFailed("broken")));
    events.put("RunEnded(2, user failed)", ended(2, new RunOutcome.UserFailed(INPUT)));
    events.put("RunEnded(2, lost)", ended(2, new RunOutcome.Lost("lost")));
    events.put("RunEnded(1, exited)", ended(1, new RunOutcome.Exited()));
    events.put("RunEnded(1, closed)", ended(1, new RunOutcome.Closed("closed")));
    events.put("RunEnded(2, restart of 4 failed)", ended(2, restart(4, false)));
    events.put("RunEnded(2, 4 is damaged)", ended(2, restart(4, true)));
    events.put("RunEnded(2, restart of 2 failed)", ended(2, restart(2, false)));
    events.put("Prepared(2, 5)", new JobEvent.Prepared(2, generation(5, 2)));
    events.put("Prepared(2, 4)", new JobEvent.Prepared(2, generation(4, 2)));
    events.put("Prepared(1, 4)", new JobEvent.Prepared(1, generation(4, 1)));
    events.put("Prepared(1, 5)", new JobEvent.Prepared(1, generation(5, 1)));
    events.put("Ordered(vacate)", new JobEvent.Ordered(new Order.Vacate(false, "vacate")));
    events.put("Ordered(suspend)", new JobEvent.Ordered(new Order.Suspend("suspend")));
    events.put("Ordered(continue)", new JobEvent.Ordered(new Order.Continue()));
    events.put("Ordered(take checkpoint)", new JobEvent.Ordered(new Order.TakeCheckpoint()));
    events.put("Hold", new JobEvent.Hold(BY_USER));
    events.put("Release", new JobEvent.Release("release"));
    events.put("Remove", new JobEvent.Remove("rm"));
    return events;
  }

  private static RunOutcome restart(int generation, boolean damaged) {
    return new RunOutcome.RestartFailed(generation, damaged, "it failed");
  }

  private static JobEvent ended(int run, RunOutcome outcome) {
    return new JobEvent.RunEnded(run, outcome);
  }

  @Test
  void theTableInTheDocumentationIsTheDecidersOwn() throws IOException {
    Path page = Path.of("..", "docs", "states", "job.md");
    String table = table();

    if (Boolean.getBoolean("urubu.write-docs")) {
      Files.writeString(page, table);
    }

    assertThat(page).hasContent(table);
  }

  private static String table() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        # The life of a job

        Printed by `JobDeciderTest` from the decider itself; `-Durubu.write-docs=true` writes it anew. The job is in
        its second run, or has had two; events that are not listed for a state change nothing and cause nothing.
        The checkpoints 4 and 3 of its first run count when an event comes, and the next run goes on from the newest
        that counts. `Prepared(2, 5)`: the shadow has checkpoint 5, of run 2, complete on disk. `4 (failed once)`: the next
        run tries 4 again, for a while on other machines only; a second failure drops it.
        """);
    states()
        .forEach(
            (name, life) -> {
              text.append("\n## ").append(name).append("\n\n");
              text.append("| event | next | then |\n|---|---|---|\n");
              events().forEach((event, what) -> row(text, life, event, what));
            });
    return text.toString();
  }

  private static void row(StringBuilder text, JobLife life, String name, JobEvent event) {
    Step step = JobDecider.decide(life, event);
    if (!step.next().equals(life) || !step.actions().isEmpty()) {
      text.append("| ")
          .append(name)
          .append(" | ")
          .append(state(step.next()))
          .append(checkpoints(life, step.next()))
          .append(" | ")
          .append(
              step.actions().stream().map(JobDeciderTest::action).collect(Collectors.joining(", ")))
          .append(" |\n");
    }
  }

  private static String state(JobLife life) {
    String name =
        states().entrySet().stream()
            .filter(entry -> entry.getValue().state().equals(life.state()))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(life.state().getClass().getSimpleName() + "(" + life.currentRun() + ")");
    return life.failures() > 0 ? name + ", later" : name;
  }

  private static String checkpoints(JobLife before, JobLife after) {
    if (after.hasEnded() || after.checkpoints().equals(before.checkpoints())) {
      return "";
    }
    return after.checkpoints().kept().stream()
        .map(g -> g.number() + (g.failedRestarts() > 0 ? " (failed once)" : ""))
        .collect(Collectors.joining(", ", "; checkpoints ", ""));
  }

  private static String action(JobAction action) {
    return switch (action) {
      case JobAction.Tell(int run, Order.Vacate _) -> "Deactivate(" + run + ")";
      case JobAction.Tell(int run, Order.Suspend _) -> "SuspendRun(" + run + ")";
      case JobAction.Tell(int run, Order.Continue _) -> "ContinueRun(" + run + ")";
      case JobAction.Tell(int run, Order.TakeCheckpoint _) -> "CheckpointRun(" + run + ")";
      case JobAction.Recorded(int run, int number, _) -> "Recorded(" + run + ", " + number + ")";
      case JobAction.NotRecorded(int run, int number, _, _) ->
          "NotRecorded(" + run + ", " + number + ")";
      case JobAction.Admit(int run) -> "Admit(" + run + ")";
      case JobAction.Activate(int run) -> "Activate(" + run + ")";
      case JobAction.CloseRun(int run, _) -> "CloseRun(" + run + ")";
      case JobAction.Deactivate(int run, _) -> "Deactivate(" + run + ")";
      case JobAction.Settle(int run) -> "Settle(" + run + ")";
      case JobAction.Archive() -> "Archive";
      case JobAction.Note(var entry) -> "event %03d".formatted(JobLog.kind(entry));
    };
  }

  /** Walks every life that events can make of a fresh job, as far as three runs go. */
  private static List<JobLife> reachable() {
    Set<JobLife> seen = new HashSet<>();
    Deque<JobLife> open = new ArrayDeque<>(List.of(JobLife.FRESH));
    while (!open.isEmpty()) {
      JobLife life = open.pop();
      if (life.runs() <= 3 && life.failures() <= 2 && seen.add(life)) {
        for (int shift = -1; shift <= 1; shift++) {
          eventsOf(Math.max(1, life.runs() + shift))
              .forEach(event -> open.add(JobDecider.decide(life, event).next()));
        }
      }
    }
    return new ArrayList<>(seen);
  }

  private static List<JobEvent> eventsOf(int run) {
    return List.of(
        new JobEvent.Assigned(),
        new JobEvent.Admitted(run),
        new JobEvent.AdmitFailed(run, INPUT),
        new JobEvent.RunLeft(run, "left", true),
        ended(run, new RunOutcome.Exited()),
        ended(run, new RunOutcome.Closed("closed")),
        ended(run, new RunOutcome.MachineFailed("broken")),
        ended(run, new RunOutcome.UserFailed(INPUT)),
        ended(run, new RunOutcome.Lost("lost")),
        ended(run, restart(4, false)),
        new JobEvent.Ordered(new Order.Vacate(true, "vacate")),
        new JobEvent.Hold(BY_USER),
        new JobEvent.Release("release"),
        new JobEvent.Remove("rm"));
  }

  @Test
  void aNewRunStartsOnlyFromIdleAndEachHasItsOwnNumber() {
    for (JobLife life : reachable()) {
      for (JobEvent event : eventsOf(Math.max(1, life.runs()))) {
        Step step = JobDecider.decide(life, event);

        boolean admits = step.actions().stream().anyMatch(JobAction.Admit.class::isInstance);
        assertThat(admits).isEqualTo(step.next().runs() == life.runs() + 1);
        if (admits) {
          assertThat(life.state()).isInstanceOf(JobState.Idle.class);
        }
      }
    }
  }

  @Test
  void aRunLosesItsRightsOnlyWhenTheShadowSaysSo() {
    for (JobLife life : reachable()) {
      for (JobEvent event : eventsOf(Math.max(1, life.runs()))) {
        Step step = JobDecider.decide(life, event);

        if (life.currentRun() > 0 && step.next().currentRun() == 0) {
          assertThat(event).isInstanceOfAny(JobEvent.RunEnded.class, JobEvent.AdmitFailed.class);
        }
      }
    }
  }

  @Test
  void aJobEndsOnce() {
    for (JobLife life : reachable()) {
      for (JobEvent event : eventsOf(Math.max(1, life.runs()))) {
        Step step = JobDecider.decide(life, event);

        boolean archives = step.actions().contains(new JobAction.Archive());
        assertThat(archives).isEqualTo(step.next().hasEnded() && !life.hasEnded());
      }
    }
  }

  @Test
  void anEndThatIsSaidTwiceIsSettledTwiceAndDoesNothingElse() {
    for (JobLife life : reachable()) {
      for (JobEvent event : eventsOf(Math.max(1, life.runs()))) {
        if (event instanceof JobEvent.RunEnded(int run, _)) {
          JobLife after = JobDecider.decide(life, event).next();

          assertThat(JobDecider.decide(after, event))
              .isEqualTo(Step.to(after, new JobAction.Settle(run)));
        }
      }
    }
  }

  @Test
  void everyEndThatTheShadowSaysIsSettled() {
    for (JobLife life : reachable()) {
      for (JobEvent event : eventsOf(Math.max(1, life.runs()))) {
        if (event instanceof JobEvent.RunEnded(int run, _)) {
          assertThat(JobDecider.decide(life, event).actions()).contains(new JobAction.Settle(run));
        }
      }
    }
  }

  @Test
  void anExitThatCameBeforeTheRemovalCounts() {
    Step step =
        JobDecider.decide(
            closing(new JobState.After.Remove("rm")), ended(2, new RunOutcome.Exited()));

    assertThat(step.next().state()).isInstanceOf(JobState.Completed.class);
  }
}
