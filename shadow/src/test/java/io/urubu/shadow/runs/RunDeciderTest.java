package io.urubu.shadow.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.ClassAd;
import io.urubu.protocol.id.JobId;
import io.urubu.protocol.id.RunRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class RunDeciderTest {
  private static final Path TABLE = Path.of("..", "docs", "states", "run.md");
  private static final Moment NOW = new Moment(1000);
  private static final Moment LATER = NOW.plus(Duration.ofHours(1));
  private static final StreamId STREAM = new StreamId(1);
  private static final StreamId NEW_STREAM = new StreamId(2);
  private static final Exit EXIT = new Exit(ClassAd.empty(), List.of());
  private static final Fault FAULT = Fault.of(Fault.OUTPUT, "the disk is full");
  private static final End CLOSED = End.because(End.Outcome.CLOSED, "removed");
  private static final End EXITED = new End(End.Outcome.EXITED, ClassAd.empty());

  private static final Taken TAKEN = new Taken(1, "dmtcp", "", 0, List.of(), ClassAd.empty());
  private static final Prepared PREPARED =
      new Prepared(
          run(2).ref(),
          1,
          new Generation(5, 2, "dmtcp", "", 7, 0, Sha256.hash(new byte[0])),
          ClassAd.empty());

  private static Run run(int number) {
    return new Run(
        new RunRef("schedd", new JobId(41, 3), number),
        ClassAd.empty(),
        Sha256.hash(new byte[] {(byte) number}),
        Duration.ofMinutes(40));
  }

  private static Map<String, RunState> states() {
    Run run = run(2);
    Map<String, RunState> states = new LinkedHashMap<>();
    states.put("None", new RunState.None());
    states.put("Admitted", new RunState.Admitted(run, NOW));
    states.put("Open", new RunState.Open(run, NOW, STREAM));
    states.put("Disconnected", new RunState.Disconnected(run, NOW));
    states.put("Publishing", new RunState.Publishing(run, EXIT, Optional.of(STREAM)));
    states.put("Closing", new RunState.Closing(run, CLOSED, Optional.empty()));
    states.put("Closing, next", new RunState.Closing(run, CLOSED, Optional.of(run(3))));
    states.put("Ended, exited", new RunState.Ended(run, EXITED));
    states.put("Ended, other", new RunState.Ended(run, CLOSED));
    return states;
  }

  private static Map<String, RunEvent> events() {
    RunRef ref = run(2).ref();
    Map<String, RunEvent> events = new LinkedHashMap<>();
    events.put("AdmitAsked, this", new RunEvent.AdmitAsked(run(2), Optional.empty(), NOW));
    events.put("AdmitAsked, later", new RunEvent.AdmitAsked(run(3), Optional.empty(), NOW));
    events.put(
        "AdmitAsked, later, unusable", new RunEvent.AdmitAsked(run(3), Optional.of(FAULT), NOW));
    events.put("AdmitAsked, earlier", new RunEvent.AdmitAsked(run(1), Optional.empty(), NOW));
    events.put("CloseAsked, this", new RunEvent.CloseAsked(ref, "removed"));
    events.put("CloseAsked, later", new RunEvent.CloseAsked(run(3).ref(), "removed"));
    events.put("CloseAsked, earlier", new RunEvent.CloseAsked(run(1).ref(), "removed"));
    events.put("Settled", new RunEvent.Settled(ref, false));
    events.put("Settled, job ended", new RunEvent.Settled(ref, true));
    events.put("Settled, earlier", new RunEvent.Settled(run(1).ref(), false));
    events.put("Settled, earlier, job ended", new RunEvent.Settled(run(1).ref(), true));
    events.put("StarterOpened", new RunEvent.StarterOpened(ref, NEW_STREAM, false, NOW));
    events.put("StarterOpened, resumed", new RunEvent.StarterOpened(ref, NEW_STREAM, true, NOW));
    events.put("StarterGone", new RunEvent.StarterGone(ref, STREAM));
    events.put("StarterGone, old stream", new RunEvent.StarterGone(ref, new StreamId(0)));
    events.put("HeartbeatAnswered", new RunEvent.HeartbeatAnswered(ref, STREAM, NOW));
    events.put("NewsCame", new RunEvent.NewsCame(ref, STREAM, News.USAGE, ClassAd.empty()));
    events.put("ProgramExited", new RunEvent.ProgramExited(ref, STREAM, EXIT));
    events.put("ProgramExited, old stream", new RunEvent.ProgramExited(ref, new StreamId(0), EXIT));
    events.put("StarterEnded", new RunEvent.StarterEnded(ref, STREAM, CLOSED));
    events.putAll(ofCheckpoints(ref));
    events.put("FilesFailed", new RunEvent.FilesFailed(ref, FAULT));
    events.put("Tick, in the lease", new RunEvent.Tick(ref, NOW));
    events.put("Tick, lease over", new RunEvent.Tick(ref, LATER));
    events.put("HandlersGone", new RunEvent.HandlersGone(ref, NOW));
    events.put("HandlersStuck", new RunEvent.HandlersStuck(ref));
    events.put("Published", new RunEvent.Published(ref));
    events.put("PublishFailed", new RunEvent.PublishFailed(ref, FAULT));
    return events;
  }

  private static Map<String, RunEvent> ofCheckpoints(RunRef ref) {
    Map<String, RunEvent> events = new LinkedHashMap<>();
    events.put("CheckpointTaken", new RunEvent.CheckpointTaken(ref, STREAM, TAKEN));
    events.put(
        "CheckpointTaken, old stream", new RunEvent.CheckpointTaken(ref, new StreamId(0), TAKEN));
    events.put("CheckpointPrepared", new RunEvent.CheckpointPrepared(ref, PREPARED));
    events.put(
        "CheckpointAnswered", new RunEvent.CheckpointAnswered(ref, Answer.refused(ref, 1, "")));
    events.put(
        "CheckpointRecorded",
        new RunEvent.CheckpointRecorded(new Verdict(ref, 5, true, "", List.of(5, 4))));
    events.put(
        "CheckpointRecorded, earlier",
        new RunEvent.CheckpointRecorded(new Verdict(run(1).ref(), 3, false, "", List.of())));
    events.put(
        "RestoreFailed", new RunEvent.RestoreFailed(ref, End.unrestored(4, true, "is missing")));
    return events;
  }

  private static String table() {
    StringBuilder page = new StringBuilder("# The states of a run at the shadow\n");
    page.append(
        "\nPrinted by `RunDeciderTest`; run it with `WRITE_TABLES=true` in the environment to write this page anew.\n");
    page.append("The known run is run 2 of a job; \"later\" is run 3, \"earlier\" run 1.\n");
    page.append("Events that change nothing and ask for nothing are left out.\n");
    states()
        .forEach(
            (name, state) -> {
              page.append("\n## ").append(name).append("\n\n");
              page.append("| event | next state | actions, in order |\n|---|---|---|\n");
              events().forEach((event, it) -> page.append(row(state, event, it)));
            });
    return page.toString();
  }

  private static String row(RunState state, String name, RunEvent event) {
    Step step = RunDecider.step(state, event);
    if (step.next().equals(state) && step.actions().isEmpty()) {
      return "";
    }
    String actions =
        step.actions().stream().map(RunDeciderTest::name).collect(Collectors.joining(", "));
    return "| %s | %s | %s |\n".formatted(name, name(step.next()), actions);
  }

  private static String name(RunState state) {
    return switch (state) {
      case RunState.Closing s when s.next().isPresent() ->
          "Closing " + s.end().outcome() + ", then run " + s.next().get().ref().number();
      case RunState.Closing s -> "Closing " + s.end().outcome();
      case RunState.Ended s -> "Ended " + s.end().outcome();
      case RunState.WithRights s ->
          s.getClass().getSimpleName() + " (run " + s.run().ref().number() + ")";
      case RunState.None _, RunState.Publishing _ -> state.getClass().getSimpleName();
    };
  }

  private static String name(RunAction action) {
    String name = action.getClass().getSimpleName();
    return switch (action) {
      case RunAction.SayEnded a -> name + " " + a.run().number() + " " + a.end().outcome();
      case RunAction.SayNews a -> name + " " + a.kind();
      case RunAction.RecordEnd a -> name + " " + a.end().outcome();
      default -> name;
    };
  }

  @Test
  void tableIsAsDocumented() throws IOException {
    String table = table();
    if ("true".equals(System.getenv("WRITE_TABLES"))) {
      Files.createDirectories(TABLE.getParent());
      Files.writeString(TABLE, table);
    }

    assertThat(Files.readString(TABLE)).isEqualTo(table);
  }

  @Test
  void admitAgainWithAnotherTicketKeepsTheStreamAndTakesTheTicket() {
    Run renewed =
        new Run(run(2).ref(), ClassAd.empty(), Sha256.hash(new byte[] {9}), Duration.ofMinutes(1));

    Step step =
        RunDecider.step(
            new RunState.Open(run(2), NOW, STREAM),
            new RunEvent.AdmitAsked(renewed, Optional.empty(), NOW));

    assertThat(step.next()).isEqualTo(new RunState.Open(renewed, NOW, STREAM));
    assertThat(step.actions())
        .containsExactly(
            new RunAction.RecordAdmit(renewed),
            new RunAction.OpenGate(renewed),
            new RunAction.SayAdmitted(renewed.ref()));
  }

  /** Whatever happens in whatever order: once an exit is durable, no other end is ever said. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void durableEndIsNeverTakenBack(long seed) {
    Random random = new Random(seed);
    List<RunEvent> events = List.copyOf(events().values());
    for (int life = 0; life < 2000; life++) {
      RunState state = new RunState.Admitted(run(2), NOW);
      Optional<End.Outcome> durable = Optional.empty();
      for (int i = 0; i < 30; i++) {
        Step step = RunDecider.step(state, events.get(random.nextInt(events.size())));
        for (RunAction action : step.actions()) {
          durable = checked(action, durable);
        }
        state = step.next();
        if (!RunDecider.isAbout(state, new RunEvent.Settled(run(2).ref(), false))) {
          // Settled, or a later run has the rights: an exit that stands is never overtaken.
          assertThat(state instanceof RunState.None || durable.isEmpty() || !isExited(durable))
              .isTrue();
          break;
        }
      }
    }
  }

  private static Optional<End.Outcome> checked(RunAction action, Optional<End.Outcome> durable) {
    return switch (action) {
      case RunAction.RecordExit a when isThis(a.run()) -> {
        assertThat(durable).isEmpty();
        yield Optional.of(End.Outcome.EXITED);
      }
      case RunAction.RecordEnd a when isThis(a.run()) -> {
        // Only a publication that fails turns an exit into another end.
        assertThat(durable.orElse(End.Outcome.EXITED)).isEqualTo(End.Outcome.EXITED);
        yield Optional.of(a.end().outcome());
      }
      case RunAction.SayEnded a when isThis(a.run()) -> {
        durable.ifPresent(outcome -> assertThat(a.end().outcome()).isEqualTo(outcome));
        yield durable;
      }
      case RunAction.OpenGate a when isThis(a.run().ref()) -> {
        assertThat(durable).isEmpty();
        yield durable;
      }
      default -> durable;
    };
  }

  private static boolean isExited(Optional<End.Outcome> durable) {
    return durable.equals(Optional.of(End.Outcome.EXITED));
  }

  private static boolean isThis(RunRef run) {
    return run.number() == 2;
  }
}
