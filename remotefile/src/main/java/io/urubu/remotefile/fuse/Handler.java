package io.urubu.remotefile.fuse;

/**
 * A file system. Called by several threads at once; a call that waits keeps its thread from all
 * other requests, so what takes time is answered later, from elsewhere.
 */
public interface Handler {
  /** Answers the request, or keeps the answer for later. */
  void serve(Request request, Answer answer);

  /** The kernel has dropped that many of its references to a node, one for each entry it got. */
  default void forget(long node, long lookups) {}

  /**
   * The program that waits for that request got a signal. The request may be answered with EINTR,
   * as usual, or be unknown by now.
   */
  default void interrupted(long unique) {}
}
