package io.urubu.starter.run;

import java.util.ArrayList;
import java.util.List;

/** The decider's answer to one event. */
record Step(RunState state, List<RunAction> actions) {
  Step {
    actions = List.copyOf(actions);
  }

  static Step to(RunState state, RunAction... actions) {
    return new Step(state, List.of(actions));
  }

  /** These first, then what was decided. */
  Step after(List<? extends RunAction> before) {
    List<RunAction> all = new ArrayList<>(before);
    all.addAll(actions);
    return new Step(state, all);
  }

  /** What was decided, then these. */
  Step before(List<? extends RunAction> after) {
    List<RunAction> all = new ArrayList<>(actions);
    all.addAll(after);
    return new Step(state, all);
  }

  Step after(RunAction before) {
    return after(List.of(before));
  }
}
