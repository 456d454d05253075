package io.urubu.starter.shadowlink;

import io.urubu.protocol.run.v1.InputFile;
import java.time.Duration;
import java.util.List;

/** Told of what happens between a run and its shadow; must return at once. */
public interface LinkListener {
  /** The shadow serves the run, for the first time or again. */
  void opened(List<InputFile> inputs, Duration lease);

  /** A heartbeat that was sent at this tick was answered. */
  void answered(long sentTick);

  /** The run has no rights, or none any more. */
  void rejected(String reason);

  /** The run's end is durable at the shadow. */
  void finished();
}
