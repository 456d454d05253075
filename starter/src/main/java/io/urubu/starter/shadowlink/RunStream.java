package io.urubu.starter.shadowlink;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.urubu.daemon.rpc.Hellos;
import io.urubu.protocol.run.v1.Open;
import io.urubu.protocol.run.v1.RunRequest;
import io.urubu.protocol.run.v1.RunResponse;
import io.urubu.protocol.run.v1.RunServiceGrpc;
import io.urubu.protocol.wire.v1.Heartbeat;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One stream of one run, from its Hello to its end. One thread receives, any may send. */
final class RunStream implements ClientResponseObserver<RunRequest, RunResponse> {
  /** So many answers may wait; further ones wait at the shadow. */
  private static final int WINDOW = 16;

  private static final int MOST_UNANSWERED = 64;

  /** What came in. */
  sealed interface Incoming {
    record Message(RunResponse response) implements Incoming {}

    record Ended(Status status) implements Incoming {}
  }

  // One place more than answers can be on their way, for the end.
  private final BlockingQueue<Incoming> incoming = new ArrayBlockingQueue<>(2 * WINDOW + 2);
  private final ReentrantLock sending = new ReentrantLock();
  private final Map<Long, Long> sentTickByHeartbeat = new HashMap<>();
  private long heartbeats;

  /** Set before the call starts. */
  private @Nullable ClientCallStreamObserver<RunRequest> requests;

  /** Guarded by sending. */
  private boolean isOver;

  static RunStream open(ManagedChannel channel, RunKey key, boolean resumed) {
    RunStream stream = new RunStream();
    RunServiceGrpc.newStub(channel).run(stream);
    stream.send(RunRequest.newBuilder().setHello(Hellos.mine()).build());
    stream.send(
        RunRequest.newBuilder()
            .setOpen(
                Open.newBuilder()
                    .setRun(key.run().toProto())
                    .setRunTicket(key.ticketBytes())
                    .setSlot(key.slot())
                    .setResumed(resumed))
            .build());
    return stream;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<RunRequest> call) {
    call.disableAutoRequestWithInitial(WINDOW);
    requests = call;
  }

  @Override
  public void onNext(RunResponse response) {
    incoming.add(new Incoming.Message(response));
  }

  @Override
  public void onError(Throwable cause) {
    incoming.add(new Incoming.Ended(Status.fromThrowable(cause)));
  }

  @Override
  public void onCompleted() {
    incoming.add(new Incoming.Ended(Status.OK));
  }

  /** Empty when nothing came in time. */
  Optional<Incoming> receive(Duration limit) throws InterruptedException {
    Incoming next = incoming.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
    if (next instanceof Incoming.Message && requests != null) {
      requests.request(1);
    }
    return Optional.ofNullable(next);
  }

  void send(RunRequest request) {
    sending.lock();
    try {
      if (!isOver && requests != null) {
        requests.onNext(request);
      }
    } catch (IllegalStateException _) {
      // The call has ended; the receiving side learns why.
      isOver = true;
    } finally {
      sending.unlock();
    }
  }

  /** Only the receiving thread sends and counts heartbeats. */
  void sendHeartbeat(long tick) {
    if (sentTickByHeartbeat.size() >= MOST_UNANSWERED) {
      return;
    }
    heartbeats++;
    sentTickByHeartbeat.put(heartbeats, tick);
    send(
        RunRequest.newBuilder().setHeartbeat(Heartbeat.newBuilder().setNumber(heartbeats)).build());
  }

  /** When the heartbeat of that number was sent; empty when it was answered before. */
  Optional<Long> answered(long number) {
    return Optional.ofNullable(sentTickByHeartbeat.remove(number));
  }

  /** Says that nothing more is to come; what was sent still arrives. */
  void finish() {
    sending.lock();
    try {
      if (!isOver && requests != null) {
        isOver = true;
        requests.onCompleted();
      }
    } catch (IllegalStateException _) {
      isOver = true;
    } finally {
      sending.unlock();
    }
  }

  void cancel() {
    sending.lock();
    try {
      isOver = true;
      if (requests != null) {
        requests.cancel("the run's stream is not needed any more", null);
      }
    } finally {
      sending.unlock();
    }
  }
}
