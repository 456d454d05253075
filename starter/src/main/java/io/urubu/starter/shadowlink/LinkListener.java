package io.urubu.starter.shadowlink;

import io.urubu.protocol.run.v1.InputFile;
import io.urubu.protocol.run.v1.Restore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Told of what happens between a run and its shadow; must return at once. */
public interface LinkListener {
  /**
   * The shadow serves the run, for the first time or again.
   *
   * @param restore from where the job goes on; empty when it begins
   */
  void opened(List<InputFile> inputs, Duration lease, Optional<Restore> restore);

  /** A heartbeat that was sent at this tick was answered. */
  void answered(long sentTick);

  /** The run has no rights, or none any more. */
  void rejected(String reason);

  /** The checkpoint of that number is durable, as that generation of the job. */
  void checkpointCommitted(int number, int generation);

  void checkpointRefused(int number, String reason);

  /** The run's end is durable at the shadow. */
  void finished();
}
