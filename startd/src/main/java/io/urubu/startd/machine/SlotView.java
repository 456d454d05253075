package io.urubu.startd.machine;

import io.urubu.classad.ClassAd;
import io.urubu.startd.slot.SlotState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * A slot as it is at one moment.
 *
 * @param jobAd of the run that the slot holds; empty without one, or when it is not known any more
 * @param lastCheckpoint when that run was last saved, or began
 * @param timeByActivity how long the slot was in each state and activity before the present one, as
 *     {@code ClaimedBusy}
 */
public record SlotView(
    int number,
    SlotState state,
    Instant enteredState,
    Instant enteredActivity,
    ClassAd jobAd,
    Instant lastCheckpoint,
    Map<String, Duration> timeByActivity) {
  public SlotView {
    timeByActivity = Map.copyOf(timeByActivity);
  }

  /** A slot of which nothing is known but its state. */
  public SlotView(int number, SlotState state, Instant now) {
    this(number, state, now, now, ClassAd.empty(), now, Map.of());
  }

  /** The slot in its next state. */
  public SlotView enter(SlotState next, Instant now) {
    boolean isNewState = !state.stateName().equals(next.stateName());
    boolean isNewActivity = isNewState || !state.activityName().equals(next.activityName());
    return new SlotView(
        number,
        next,
        isNewState ? now : enteredState,
        isNewActivity ? now : enteredActivity,
        next.held().isPresent() ? jobAd : ClassAd.empty(),
        state.held().equals(next.held()) ? lastCheckpoint : now,
        isNewActivity ? times(now) : timeByActivity);
  }

  public SlotView withJob(ClassAd job) {
    return new SlotView(
        number, state, enteredState, enteredActivity, job, lastCheckpoint, timeByActivity);
  }

  public SlotView checkpointed(Instant now) {
    return new SlotView(number, state, enteredState, enteredActivity, jobAd, now, timeByActivity);
  }

  /** How long the slot was in each state and activity until now. */
  Map<String, Duration> times(Instant now) {
    Map<String, Duration> times = new HashMap<>(timeByActivity);
    Duration stretch = Duration.between(enteredActivity, now);
    times.merge(
        state.stateName() + state.activityName(),
        stretch.isNegative() ? Duration.ZERO : stretch,
        Duration::plus);
    return times;
  }
}
