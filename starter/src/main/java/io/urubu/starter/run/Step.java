package io.urubu.starter.run;

import java.util.List;

/** The decider's answer to one event. */
record Step(RunState state, List<RunAction> actions) {
  Step {
    actions = List.copyOf(actions);
  }

  static Step to(RunState state, RunAction... actions) {
    return new Step(state, List.of(actions));
  }
}
