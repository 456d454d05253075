package io.urubu.matchmaker.stream;

import io.grpc.stub.StreamObserver;

/** Hears what still comes on a stream that was refused. */
public final class Silent<T> implements StreamObserver<T> {
  @Override
  public void onNext(T message) {
    // The stream was ended with an error; this was under way.
  }

  @Override
  public void onError(Throwable cause) {
    // The peer has gone, as it was told to.
  }

  @Override
  public void onCompleted() {
    // The peer has gone, as it was told to.
  }
}
