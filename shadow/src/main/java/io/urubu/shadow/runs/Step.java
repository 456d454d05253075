package io.urubu.shadow.runs;

import java.util.List;

/** The decider's answer: the next state, and what is to be done about it. */
public record Step(RunState next, List<RunAction> actions) {
  public Step {
    actions = List.copyOf(actions);
  }

  static Step to(RunState next, RunAction... actions) {
    return new Step(next, List.of(actions));
  }
}
