package io.urubu.starter.run;

import io.urubu.protocol.id.RunRef;

/** Told of what the startd must know; must return at once. */
public interface RunNews {
  /** The program of that run has started. */
  void executing(RunRef run);

  /** Nothing of that run is left on this machine. */
  void gone(RunRef run, String reason);
}
