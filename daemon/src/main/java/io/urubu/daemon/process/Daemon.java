package io.urubu.daemon.process;

import io.urubu.classad.ClassAd;
import io.urubu.command.CommandConnection;
import io.urubu.command.Frame;
import io.urubu.command.Peer;
import io.urubu.command.PoolError;
import io.urubu.command.PoolException;
import java.io.IOException;

/** A process of the pool that serves; it did so when its factory returned it. */
public interface Daemon extends AutoCloseable {

  /** What it adds to the answer of {@code Ping}. */
  ClassAd status();

  /**
   * Answers one request on the command socket with any number of ITEM frames and one DONE, or
   * throws.
   *
   * @param peer the asking account, as the kernel knows it
   */
  default void serve(CommandConnection connection, Peer peer, Frame request)
      throws IOException, PoolException {
    throw new PoolException(
        PoolError.REQUEST_INVALID,
        "the command '" + request.ad().string("Command").orElse("") + "' is not known here");
  }

  /** Orderly stop: on return nothing of the daemon is left but what it means to find again. */
  @Override
  void close();
}
