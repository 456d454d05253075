package io.urubu.startd.starters;

import io.urubu.protocol.id.RunRef;

/** What the starters report of the runs that slots gave them; called on any thread. */
public interface StarterNews {
  /** The starter has the run. */
  void took(RunRef run);

  /** The starter does not take the run, and nothing of it is here. */
  void refused(RunRef run, String reason);

  /** The run cannot be made to stand still. */
  void suspendFailed(RunRef run, String reason);

  /** No process of the run is left; what it saved is being uploaded. */
  void memoryLeft(RunRef run);

  /** The run's state was saved, and it goes on. */
  void checkpointed(RunRef run);

  /** Nothing of the run is left on this workstation. */
  void left(RunRef run, String reason);
}
