package io.urubu.startd.slot;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What the owner's policy says of one slot at one moment.
 *
 * @param closed why no job at all may begin, be it the policy's or the machine's doing
 * @param holding the rules that are true
 * @param retirement how long a job that must leave may go on, counted from its begin
 * @param vacate how long a job that leaves may take to save itself
 */
public record PolicyValues(
    Optional<String> closed, Set<PolicyRule> holding, Duration retirement, Duration vacate) {
  public PolicyValues {
    holding = Set.copyOf(holding);
  }

  boolean is(PolicyRule rule) {
    return holding.contains(rule);
  }

  boolean wantsStandstill() {
    return is(PolicyRule.WANT_SUSPEND) && is(PolicyRule.SUSPEND);
  }

  /** PREEMPT is not asked of a running job that would be suspended first. */
  boolean wantsRunningGone() {
    return !is(PolicyRule.WANT_SUSPEND) && is(PolicyRule.PREEMPT);
  }
}
