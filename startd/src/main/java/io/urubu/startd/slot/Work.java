package io.urubu.startd.slot;

import io.urubu.protocol.id.RunRef;
import java.time.Duration;
import java.util.Optional;

/** What a claim is doing with the slot. Points in time are of the monotonic clock. */
public sealed interface Work {

  /** The run that the slot still holds: its processes or files may be there. */
  Optional<RunRef> held();

  /** Waits for a job. */
  record Idle() implements Work {
    @Override
    public Optional<RunRef> held() {
      return Optional.empty();
    }
  }

  /** The starter was given the run and has not answered yet; it has until then. */
  record Starting(RunRef run, Duration until) implements Work {
    @Override
    public Optional<RunRef> held() {
      return Optional.of(run);
    }
  }

  /** The starter has the run. */
  record Running(RunRef run) implements Work {
    @Override
    public Optional<RunRef> held() {
      return Optional.of(run);
    }
  }

  /**
   * The run was told to go.
   *
   * @param killing false while it may still end by itself
   * @param until when the next, harsher step is taken
   */
  record Ending(RunRef run, boolean killing, Duration until, String reason) implements Work {
    @Override
    public Optional<RunRef> held() {
      return Optional.of(run);
    }
  }

  /** Nothing of the run is left; the schedd has not acknowledged that yet. */
  record Gone(RunRef run, String reason, Duration tellAgainAt) implements Work {
    @Override
    public Optional<RunRef> held() {
      return Optional.empty();
    }
  }
}
