package io.urubu.startd;

import io.urubu.classad.ClassAd;
import io.urubu.startd.state.StateFolder;
import java.io.IOException;
import java.util.Optional;

/** Whether the simulated owner is there, kept on disk; or that the owner is a real one. */
final class SimulatedOwner {
  private static final String RECORD = "owner";

  private final StateFolder state;
  private final Optional<Boolean> active;

  SimulatedOwner(boolean isSimulated, StateFolder state) throws IOException {
    this.state = state;
    this.active = isSimulated ? Optional.of(stored(state)) : Optional.empty();
  }

  /** Who came without being seen to go is still there. */
  private static boolean stored(StateFolder state) throws IOException {
    return switch (state.read(RECORD)) {
      case StateFolder.Content.Intact(var ad) -> ad.bool("Active").orElse(true);
      case StateFolder.Content.Damaged _ -> true;
      case StateFolder.Content.Absent() -> false;
    };
  }

  /** As it was when the daemon started; empty for a real owner. */
  Optional<Boolean> whetherActive() {
    return active;
  }

  void store(boolean nowActive) throws IOException {
    state.write(RECORD, ClassAd.builder().put("Active", nowActive).build());
  }
}
