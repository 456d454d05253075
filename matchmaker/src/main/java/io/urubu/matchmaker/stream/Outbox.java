package io.urubu.matchmaker.stream;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sends on a stream from any thread, without waiting. What the peer does not read piles up to a
 * bound; then the stream is ended.
 */
public final class Outbox<T> {
  private final ServerCallStreamObserver<T> call;
  private final int capacity;
  private final Runnable gone;

  /** Guards the call and the fields below; never held while waiting. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Deque<T> waiting = new ArrayDeque<>();
  private boolean isEnded;

  private Outbox(ServerCallStreamObserver<T> call, int capacity, Runnable gone) {
    this.call = call;
    this.capacity = capacity;
    this.gone = gone;
  }

  /**
   * To be called before the service's method returns.
   *
   * @param gone called when the peer is gone or was given up
   */
  public static <T> Outbox<T> on(ServerCallStreamObserver<T> call, int capacity, Runnable gone) {
    Outbox<T> outbox = new Outbox<>(call, capacity, gone);
    call.setOnReadyHandler(outbox::drain);
    call.setOnCancelHandler(
        () -> {
          outbox.drop();
          gone.run();
        });
    return outbox;
  }

  /** Sends it now or when the peer has room. Does nothing on a stream that has ended. */
  public void send(T message) {
    lock.lock();
    try {
      if (isEnded) {
        return;
      }
      if (waiting.size() >= capacity) {
        fail(Status.RESOURCE_EXHAUSTED.withDescription("the peer does not read its stream"));
        gone.run();
        return;
      }
      waiting.add(message);
      drain();
    } finally {
      lock.unlock();
    }
  }

  private void drain() {
    lock.lock();
    try {
      while (!isEnded && !waiting.isEmpty() && call.isReady()) {
        call.onNext(waiting.remove());
      }
    } finally {
      lock.unlock();
    }
  }

  private void drop() {
    lock.lock();
    try {
      isEnded = true;
      waiting.clear();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the stream with an error; what waits is not sent.
   *
   * @return false when it had ended before
   */
  public boolean fail(Status status) {
    lock.lock();
    try {
      if (isEnded) {
        return false;
      }
      drop();
      call.onError(status.asRuntimeException());
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the stream in order, after the peer ended its half. */
  public void complete() {
    lock.lock();
    try {
      if (!isEnded) {
        drop();
        call.onCompleted();
      }
    } finally {
      lock.unlock();
    }
  }
}
