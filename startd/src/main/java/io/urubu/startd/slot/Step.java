package io.urubu.startd.slot;

import java.util.List;

/** The slot's next state, to be stored first, and what is then to be done. */
public record Step(SlotState next, List<SlotAction> actions) {
  public Step {
    actions = List.copyOf(actions);
  }

  static Step to(SlotState next, SlotAction... actions) {
    return new Step(next, List.of(actions));
  }
}
