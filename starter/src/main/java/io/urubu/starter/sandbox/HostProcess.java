package io.urubu.starter.sandbox;

import io.urubu.command.presence.ProcessMark;

/**
 * One process as the host's kernel describes it at one moment.
 *
 * @param cpuUserTicks includes the children that it waited for
 * @param cpuSystemTicks includes the children that it waited for
 * @param childFaults page faults of the children that it waited for: grows with each of them
 */
record HostProcess(
    ProcessMark mark,
    long parent,
    char state,
    long cpuUserTicks,
    long cpuSystemTicks,
    long childFaults,
    long virtualBytes,
    long residentPages) {

  boolean isDead() {
    return state == 'Z' || state == 'X';
  }

  /** It is about to stop, and does nothing more of its own before. */
  boolean isStopping() {
    return ProcessStatus.isStopPending(mark.pid());
  }

  /** It has or waits for a processor, perhaps to finish giving birth before it stops. */
  boolean isRunning() {
    return state == 'R';
  }

  boolean isStopped() {
    return state == 'T' || state == 't';
  }
}
