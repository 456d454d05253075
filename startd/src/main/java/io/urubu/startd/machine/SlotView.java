package io.urubu.startd.machine;

import io.urubu.startd.slot.SlotState;
import java.time.Instant;

/** A slot as it is at one moment. */
public record SlotView(
    int number, SlotState state, Instant enteredState, Instant enteredActivity) {}
