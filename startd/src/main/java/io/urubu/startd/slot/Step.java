package io.urubu.startd.slot;

import java.util.List;
import java.util.Optional;

/**
 * The slot's next state, to be stored first, and what is then to be done.
 *
 * @param rule the owner's expression that decided
 */
public record Step(SlotState next, List<SlotAction> actions, Optional<PolicyRule> rule) {
  public Step {
    actions = List.copyOf(actions);
  }

  Step(SlotState next, List<SlotAction> actions) {
    this(next, actions, Optional.empty());
  }

  static Step to(SlotState next, SlotAction... actions) {
    return new Step(next, List.of(actions));
  }

  static Step by(PolicyRule rule, SlotState next, SlotAction... actions) {
    return new Step(next, List.of(actions), Optional.of(rule));
  }
}
