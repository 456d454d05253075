package io.urubu.starter.run;

import java.time.Duration;
import java.util.Optional;

/**
 * How far a run's checkpoints are. Numbers count from 1 within the run.
 *
 * @param plan what the job wants and this machine can do
 * @param last the highest number that was given
 * @param taking the one that is being taken
 * @param uploading the one whose files go to the shadow, until that answers
 * @param next one that is complete here and waits for the one before
 * @param committed the last one that is durable; 0 for none
 * @param isWanted somebody asked for one, and it could not be taken yet
 * @param dueAt when the next one is due (a tick)
 */
record Saves(
    Plan plan,
    int last,
    Optional<Integer> taking,
    Optional<Integer> uploading,
    Optional<Integer> next,
    int committed,
    boolean isWanted,
    long dueAt) {

  /**
   * The rules for a run's checkpoints.
   *
   * @param canAsk a running program can be saved
   * @param limit for one checkpoint
   * @param period between two; empty when they are taken on demand only
   */
  record Plan(boolean canAsk, Duration limit, Optional<Duration> period) {
    static final Plan NONE = new Plan(false, Duration.ZERO, Optional.empty());
  }

  static Saves none(Plan plan) {
    return new Saves(
        plan, 0, Optional.empty(), Optional.empty(), Optional.empty(), 0, false, Long.MAX_VALUE);
  }

  boolean isIdle() {
    return taking.isEmpty() && uploading.isEmpty() && next.isEmpty();
  }

  boolean isDue(long now) {
    return isWanted || (plan.period().isPresent() && dueAt != Long.MAX_VALUE && now - dueAt >= 0);
  }

  /** The newest that is complete and not yet durable. */
  Optional<Integer> newest() {
    return next.or(() -> uploading);
  }

  Saves withPlan(Plan other) {
    return new Saves(other, last, taking, uploading, next, committed, isWanted, dueAt);
  }

  Saves wanted() {
    return new Saves(plan, last, taking, uploading, next, committed, true, dueAt);
  }

  Saves begun() {
    int number = last + 1;
    return new Saves(
        plan, number, Optional.of(number), uploading, next, committed, false, Long.MAX_VALUE);
  }

  Saves notTaking(long now) {
    return new Saves(plan, last, Optional.empty(), uploading, next, committed, isWanted, due(now));
  }

  Saves dueFrom(long now) {
    return new Saves(plan, last, taking, uploading, next, committed, isWanted, due(now));
  }

  private long due(long now) {
    return plan.period().map(period -> now + period.toNanos()).orElse(Long.MAX_VALUE);
  }

  Saves sending(Optional<Integer> current, Optional<Integer> waiting) {
    return new Saves(plan, last, taking, current, waiting, committed, isWanted, dueAt);
  }

  Saves committed(int number) {
    return new Saves(plan, last, taking, uploading, next, number, isWanted, dueAt);
  }
}
