package io.urubu.shadow.runs;

import io.urubu.shadow.runs.RunAction.AwaitHandlers;
import io.urubu.shadow.runs.RunAction.OpenGate;
import io.urubu.shadow.runs.RunAction.RecordAdmit;
import io.urubu.shadow.runs.RunAction.SayAdmitFailed;
import io.urubu.shadow.runs.RunAction.SayAdmitted;
import io.urubu.shadow.runs.RunAction.SayEnded;
import io.urubu.shadow.runs.RunEvent.AdmitAsked;
import io.urubu.shadow.runs.RunEvent.CloseAsked;
import io.urubu.shadow.runs.RunState.Admitted;
import io.urubu.shadow.runs.RunState.Closing;
import io.urubu.shadow.runs.RunState.Disconnected;
import io.urubu.shadow.runs.RunState.Ended;
import io.urubu.shadow.runs.RunState.None;
import io.urubu.shadow.runs.RunState.Open;
import io.urubu.shadow.runs.RunState.Publishing;
import io.urubu.shadow.runs.RunState.WithRights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the schedd asks, which may be about another run than the one that is known. */
final class ScheddAsks {

  private ScheddAsks() {}

  static Step admit(RunState state, AdmitAsked asked) {
    return switch (state) {
      case None _ -> start(asked, Optional.empty());
      case WithRights s when isSame(s.run(), asked) -> again(s, asked);
      case WithRights s when isOlder(asked, s.run()) -> stale(s, asked);
      case WithRights s -> supersede(s, asked);
      // The exit stands: its end is said when the outputs are in their places.
      case Publishing s -> Step.to(s);
      case Closing s when isSame(s.run(), asked) -> Step.to(s);
      case Closing s when isOlder(asked, s.run()) -> stale(s, asked);
      case Closing s when asked.fault().isPresent() ->
          Step.to(s, new SayAdmitFailed(asked.run(), asked.fault().get()));
      case Closing s ->
          Step.to(
              new Closing(s.run(), s.end(), Optional.of(asked.next())),
              new AwaitHandlers(s.run().ref()));
      case Ended s when isSame(s.run(), asked) || s.end().outcome() == End.Outcome.EXITED ->
          Step.to(s, new SayEnded(s.run().ref(), s.end()));
      case Ended s when isOlder(asked, s.run()) -> stale(s, asked);
      case Ended s -> start(asked, Optional.of(s));
    };
  }

  private static boolean isSame(Run run, AdmitAsked asked) {
    return run.ref().equals(asked.run());
  }

  private static boolean isOlder(AdmitAsked asked, Run run) {
    return asked.run().number() < run.ref().number();
  }

  private static Step stale(RunState state, AdmitAsked asked) {
    return Step.to(
        state,
        new SayEnded(asked.run(), End.because(End.Outcome.CLOSED, "a later run was admitted")));
  }

  private static Step start(AdmitAsked asked, Optional<Ended> before) {
    if (asked.fault().isPresent()) {
      RunState stays = before.<RunState>map(ended -> ended).orElseGet(None::new);
      return Step.to(stays, new SayAdmitFailed(asked.run(), asked.fault().get()));
    }
    Run next = asked.next();
    return Step.to(
        new Admitted(next, asked.now().plus(next.lease())),
        new RecordAdmit(next),
        new OpenGate(next),
        new SayAdmitted(next.ref()));
  }

  /** The schedd asks twice when it did not hear the answer; the ticket may be a new one. */
  private static Step again(WithRights state, AdmitAsked asked) {
    if (state.run().ticket().equals(asked.next().ticket())) {
      return Step.to(state, new SayAdmitted(asked.run()));
    }
    Run next = asked.next();
    WithRights renewed =
        switch (state) {
          case Admitted s -> new Admitted(next, s.leaseUntil());
          case Open s -> new Open(next, s.leaseUntil(), s.stream());
          case Disconnected s -> new Disconnected(next, s.leaseUntil());
        };
    return Step.to(renewed, new RecordAdmit(next), new OpenGate(next), new SayAdmitted(next.ref()));
  }

  private static Step supersede(WithRights state, AdmitAsked asked) {
    End end = End.because(End.Outcome.CLOSED, "run " + asked.run().number() + " was admitted");
    List<RunAction> actions = RunDecider.ending(state, end, new ArrayList<>());
    if (asked.fault().isPresent()) {
      actions.add(new SayAdmitFailed(asked.run(), asked.fault().get()));
      return new Step(new Closing(state.run(), end, Optional.empty()), actions);
    }
    return new Step(new Closing(state.run(), end, Optional.of(asked.next())), actions);
  }

  static Step close(RunState state, CloseAsked asked) {
    if (RunDecider.isAbout(state, asked)) {
      return switch (state) {
        case None s -> Step.to(s);
        case WithRights s -> RunDecider.endWith(s, End.because(End.Outcome.CLOSED, asked.reason()));
        // Both say by themselves how the run ended, in a moment.
        case Publishing s -> Step.to(s);
        case Closing s -> Step.to(s);
        case Ended s -> Step.to(s, new SayEnded(s.run().ref(), s.end()));
      };
    }
    if (state instanceof Closing s
        && s.next().filter(next -> next.ref().equals(asked.run())).isPresent()) {
      return Step.to(new Closing(s.run(), s.end(), Optional.empty()), closed(asked));
    }
    return Step.to(state, closed(asked));
  }

  private static SayEnded closed(CloseAsked asked) {
    return new SayEnded(asked.run(), End.because(End.Outcome.CLOSED, asked.reason()));
  }
}
