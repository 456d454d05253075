package io.urubu.schedd.line;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The sending side of a stream that a peer has dialled, and when it was heard last. Any thread may
 * send; nothing is sent after the end.
 */
public final class Line<M> {
  private final ServerCallStreamObserver<M> observer;
  private final LongSupplier ticker;
  // Guards the observer, which takes one caller at a time, and ended.
  private final ReentrantLock sending = new ReentrantLock();
  private boolean ended;
  private volatile long heardAt;

  public Line(ServerCallStreamObserver<M> observer, LongSupplier ticker) {
    this.observer = observer;
    this.ticker = ticker;
    this.heardAt = ticker.getAsLong();
  }

  /** The peer gave a sign of life. */
  public void heard() {
    heardAt = ticker.getAsLong();
  }

  public Duration silence() {
    return Duration.ofNanos(ticker.getAsLong() - heardAt);
  }

  /** Does nothing when the stream has ended: the peer comes back and is told what it must know. */
  public void send(M message) {
    sending.lock();
    try {
      if (!ended && !observer.isCancelled()) {
        observer.onNext(message);
      }
    } finally {
      sending.unlock();
    }
  }

  /** Ends the stream in good order. */
  public void end() {
    finish(Status.OK);
  }

  public void end(Status status) {
    finish(status);
  }

  private void finish(Status status) {
    sending.lock();
    try {
      if (ended) {
        return;
      }
      ended = true;
      if (observer.isCancelled()) {
        return;
      }
      if (status.isOk()) {
        observer.onCompleted();
      } else {
        observer.onError(status.asRuntimeException());
      }
    } finally {
      sending.unlock();
    }
  }
}
