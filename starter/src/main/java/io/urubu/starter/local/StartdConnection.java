package io.urubu.starter.local;

import io.urubu.classad.ClassAd;
import io.urubu.command.CommandConnection;
import io.urubu.command.Frame;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * One connection of the startd. Frames wait in a queue for a thread of their own, so that a startd
 * that does not read holds up nobody; one that lets the queue fill is cut off.
 */
final class StartdConnection {
  private static final int MOST_WAITING = 10_000;

  private final CommandConnection connection;
  private final BlockingQueue<Frame> waiting = new ArrayBlockingQueue<>(MOST_WAITING);

  StartdConnection(CommandConnection connection) {
    this.connection = connection;
  }

  void send(Frame.Kind kind, ClassAd ad) {
    if (!waiting.offer(new Frame(kind, ad))) {
      close();
    }
  }

  /** Sends what waits until it is interrupted or the connection breaks. */
  void write() {
    try {
      while (true) {
        Frame frame = waiting.take();
        connection.send(frame.kind(), frame.ad());
      }
    } catch (IOException _) {
      close();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void close() {
    try {
      connection.close();
    } catch (IOException _) {
      // The reading side learns that it is closed.
    }
  }
}
