package io.urubu.matchmaker;

import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** One end of a stream in a test: remembers answers until they are asked for. */
final class TestPeer<A> implements StreamObserver<A>, AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  private final ManagedChannel channel;
  private final BlockingQueue<A> answers = new LinkedBlockingQueue<>();
  private final BlockingQueue<Throwable> ends = new LinkedBlockingQueue<>();

  TestPeer(ManagedChannel channel) {
    this.channel = channel;
  }

  @Override
  public void onNext(A answer) {
    answers.add(answer);
  }

  @Override
  public void onError(Throwable cause) {
    ends.add(cause);
  }

  @Override
  public void onCompleted() {
    ends.add(new IllegalStateException("completed"));
  }

  /** The next answer of that kind; others are passed over. */
  A await(Predicate<A> wanted) throws InterruptedException {
    while (true) {
      A answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (answer == null) {
        throw new AssertionError("no such answer came; the stream's end: " + ends.peek());
      }
      if (wanted.test(answer)) {
        return answer;
      }
    }
  }

  Throwable awaitEnd() throws InterruptedException {
    Throwable end = ends.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (end == null) {
      throw new AssertionError("the stream did not end");
    }
    return end;
  }

  /** What came and was not asked for. */
  long unread(Predicate<A> wanted) {
    return answers.stream().filter(wanted).count();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
