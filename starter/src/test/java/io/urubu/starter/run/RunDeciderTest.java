package io.urubu.starter.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.starter.sandbox.ProgramEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class RunDeciderTest {
  private static final long SECOND = 1_000_000_000L;
  private static final ProgramEnd EXIT = new ProgramEnd.Exited(3);

  private static final RunEvent LAID = new RunEvent.InputsLaid(0, Saves.Plan.NONE);

  private RunState state =
      RunState.initial(Duration.ofSeconds(60), Duration.ofSeconds(10), 1_000 * SECOND);

  private final List<RunAction> actions = new ArrayList<>();

  private RunDeciderTest at(long second, RunEvent event) {
    Step step = RunDecider.decide(state, event, (1_000 + second) * SECOND);
    state = step.state();
    actions.clear();
    actions.addAll(step.actions());
    return this;
  }

  private RunDeciderTest running() {
    return at(0, new RunEvent.Opened(Duration.ofSeconds(60))).at(0, LAID);
  }

  private static RunEvent ended(ProgramEnd end) {
    return new RunEvent.ProgramEnded(end, false);
  }

  @Test
  void theStraightWayEndsWhenTheShadowHasTheEnd() {
    at(0, new RunEvent.Opened(Duration.ofSeconds(60)));
    assertThat(actions).containsExactly(new RunAction.FetchInputs());
    at(1, LAID);
    assertThat(actions).containsExactly(new RunAction.StartProgram(0));
    at(1, new RunEvent.ProgramStarting());
    assertThat(actions).containsExactly(new RunAction.TellExecuting());
    at(2, ended(EXIT));
    assertThat(actions).containsExactly(new RunAction.StoreOutputs());
    at(3, new RunEvent.OutputsStored());
    assertThat(actions).containsExactly(new RunAction.Report(new RunEnd.Exited(EXIT)));
    at(4, new RunEvent.Finished());
    assertThat(actions).containsExactly(new RunAction.Clean());
    at(5, new RunEvent.Cleaned());
    assertThat(actions).containsExactly(new RunAction.TellGone("finished"));
    assertThat(state.phase()).isInstanceOf(Phase.Gone.class);
  }

  @Test
  void noProgramStartsWithoutAStartd() {
    at(0, new RunEvent.Opened(Duration.ofSeconds(60))).at(1, new RunEvent.StartdLost());
    at(2, LAID).at(3, new RunEvent.StartdBack());
    assertThat(actions).isEmpty();

    at(4, new RunEvent.ReleaseAsked(Holder.OWNER));

    assertThat(actions).endsWith(new RunAction.StartProgram(0));
  }

  @Test
  void aLostStartdFreezesAndAReturnedOneHasToSayThatTheOwnerIsAway() {
    running().at(1, new RunEvent.StartdLost());
    assertThat(actions)
        .containsExactly(new RunAction.Freeze(), new RunAction.TellSuspended("the startd is away"));
    at(2, new RunEvent.ReleaseAsked(Holder.OWNER));
    at(3, new RunEvent.StartdLost());
    at(3, new RunEvent.StartdBack());
    assertThat(actions).isEmpty();

    at(4, new RunEvent.ReleaseAsked(Holder.OWNER));

    assertThat(actions).containsExactly(new RunAction.Thaw(), new RunAction.TellContinued());
  }

  @Test
  void theStartdsLeaseCountsFromItsLoss() {
    running().at(50, new RunEvent.Answered(1_050 * SECOND)).at(50, new RunEvent.StartdLost());
    at(100, new RunEvent.Answered(1_100 * SECOND)).at(110, new RunEvent.Tick());
    assertThat(actions).isEmpty();

    at(111, new RunEvent.Tick());

    assertThat(actions).containsExactly(new RunAction.Kill());
    at(111, ended(new ProgramEnd.Broken("killed")));
    assertThat(actions).hasSize(2).last().isEqualTo(new RunAction.Clean());
  }

  @Test
  void theShadowsLeaseCountsFromWhenTheAnsweredHeartbeatWasSent() {
    running().at(30, new RunEvent.Answered(1_010 * SECOND));
    at(31, new RunEvent.Answered(1_005 * SECOND)).at(70, new RunEvent.Tick());
    assertThat(actions).isEmpty();

    at(71, new RunEvent.Tick());

    assertThat(actions).containsExactly(new RunAction.Kill());
  }

  @Test
  void aPoliteEndBecomesAKillAtItsTime() {
    running().at(1, new RunEvent.EndAsked(true, "owner", "OwnerReturned"));
    assertThat(actions).containsExactly(new RunAction.Terminate());
    at(10, new RunEvent.Tick());
    assertThat(actions).isEmpty();

    at(11, new RunEvent.Tick());

    assertThat(actions).containsExactly(new RunAction.Kill());
  }

  @Test
  void anImpoliteEndOvertakesAPoliteOne() {
    running()
        .at(1, new RunEvent.EndAsked(true, "owner", "OwnerReturned"))
        .at(2, new RunEvent.EndAsked(false, "now", "StartdStopped"));

    assertThat(actions).containsExactly(new RunAction.Kill());
    at(2, ended(new ProgramEnd.Broken("killed")));
    assertThat(actions)
        .containsExactly(
            new RunAction.Report(RunEnd.Vacated.of("owner", "OwnerReturned")),
            new RunAction.Clean());
  }

  @Test
  void aRunWithoutRightsIsKilledAndNothingIsSaid() {
    running().at(1, new RunEvent.Rejected("newer run"));
    assertThat(actions).containsExactly(new RunAction.Kill());

    at(2, ended(new ProgramEnd.Broken("killed")));

    assertThat(actions).containsExactly(new RunAction.Clean());
  }

  @Test
  void anotherShadowGetsTheOutputsAgain() {
    running().at(1, ended(EXIT)).at(2, new RunEvent.OutputsStored());

    at(3, new RunEvent.Opened(Duration.ofSeconds(60)));

    assertThat(actions).containsExactly(new RunAction.StoreOutputs());
    assertThat(state.phase())
        .isEqualTo(new Phase.Storing(new RunEnd.Exited(EXIT), Optional.empty(), true));
  }

  @Test
  void outputsMayPassUntilAPoliteEndIsOver() {
    running().at(1, ended(EXIT)).at(2, new RunEvent.EndAsked(true, "owner", "OwnerReturned"));
    at(11, new RunEvent.Tick());
    assertThat(actions).isEmpty();

    at(12, new RunEvent.Tick());

    assertThat(actions).last().isEqualTo(new RunAction.Clean());
  }

  @Test
  void aProgramThatNeverRanIsTheUsersAndABrokenSandboxTheMachinesFault() {
    running().at(1, ended(new ProgramEnd.Unstarted("no such file")));
    assertThat(actions)
        .containsExactly(new RunAction.Report(RunEnd.Failed.ofUser(6, "no such file")));

    state = RunState.initial(Duration.ofSeconds(60), Duration.ofSeconds(10), 1_000 * SECOND);
    running().at(1, ended(new ProgramEnd.Broken("hit")));
    assertThat(actions).containsExactly(new RunAction.Report(RunEnd.Failed.ofMachine("hit")));
  }

  @Test
  void whatComesTooLateChangesNothing() {
    running().at(1, new RunEvent.Rejected("x")).at(1, ended(EXIT));
    assertThat(state.phase()).isEqualTo(new Phase.Cleaning("x"));

    for (RunEvent late :
        List.of(
            new RunEvent.Opened(Duration.ofSeconds(1)),
            LAID,
            ended(EXIT),
            new RunEvent.OutputsStored(),
            new RunEvent.EndAsked(false, "y", "StartdStopped"),
            new RunEvent.Rejected("z"),
            new RunEvent.Tick())) {
      at(500, late);
      assertThat(actions).as(late.toString()).isEmpty();
      assertThat(state.phase()).isEqualTo(new Phase.Cleaning("x"));
    }
  }
}
