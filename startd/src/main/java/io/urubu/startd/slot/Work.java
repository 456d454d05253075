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

  /**
   * The starter was given the run and has not answered yet; it has until then.
   *
   * @param suspended the owner wants it to stand still as soon as it is there
   */
  record Starting(RunRef run, Duration until, boolean suspended) implements Work {
    @Override
    public Optional<RunRef> held() {
      return Optional.of(run);
    }
  }

  /** The starter has the run, which goes on as far as the owner is concerned. */
  record Running(RunRef run, Pace pace) implements Work {
    @Override
    public Optional<RunRef> held() {
      return Optional.of(run);
    }
  }

  /** The starter has the run, and the owner wants it to stand still. */
  record Suspended(RunRef run, Pace pace) implements Work {
    @Override
    public Optional<RunRef> held() {
      return Optional.of(run);
    }
  }

  /**
   * The run was told to go.
   *
   * @param until when the next, harsher step is taken
   */
  record Ending(RunRef run, Stage stage, Duration until, Why why) implements Work {
    @Override
    public Optional<RunRef> held() {
      return Optional.of(run);
    }

    boolean isKilling() {
      return stage == Stage.KILLING;
    }
  }

  /** How far the end of a run has come. */
  enum Stage {
    /** It may save itself. */
    VACATING,
    /** Its processes are gone; what was saved is on its way to the submit host. */
    UPLOADING,
    /** It was killed. */
    KILLING
  }

  /** Nothing of the run is left; the schedd has not acknowledged that yet. */
  record Gone(RunRef run, String reason, Duration tellAgainAt) implements Work {
    @Override
    public Optional<RunRef> held() {
      return Optional.empty();
    }
  }
}
