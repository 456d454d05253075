package io.urubu.starter.run;

import io.urubu.protocol.id.RunRef;

/** Told of what the startd must know; must return at once. */
public interface RunNews {
  /** The program of that run has started. */
  void executing(RunRef run);

  /** All processes of that run stand still; they did so many milliseconds after the order. */
  void suspended(RunRef run, int processes, long millis);

  /** The processes of that run go on. */
  void continued(RunRef run);

  /** No process of that run's job is left; its files are. */
  void leftMemory(RunRef run);

  /** A checkpoint of that run is durable. */
  void checkpointed(RunRef run, int generation, long bytes, double seconds);

  /** Nothing of that run is left on this machine. */
  void gone(RunRef run, String reason);
}
