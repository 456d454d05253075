package io.urubu.daemon.process;

/** Ends the process at once, without an orderly stop: for a daemon that must not act any more. */
@FunctionalInterface
public interface FatalExit {

  /** Logs the reason and ends the process with status 1; does not return. */
  void exit(String reason);
}
