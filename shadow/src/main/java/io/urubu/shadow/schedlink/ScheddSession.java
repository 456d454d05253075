package io.urubu.shadow.schedlink;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.urubu.daemon.rpc.Hellos;
import io.urubu.protocol.shadow.v1.AttachRequest;
import io.urubu.protocol.shadow.v1.AttachResponse;
import io.urubu.protocol.shadow.v1.RenewCertificate;
import io.urubu.protocol.shadow.v1.Shadow;
import io.urubu.protocol.wire.v1.Heartbeat;
import io.urubu.protocol.wire.v1.ShadowEndpoint;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One stream to the schedd, from the Hello to its end. */
final class ScheddSession implements ClientResponseObserver<AttachRequest, AttachResponse> {
  /** So many orders may be under way at once; further ones wait at the schedd. */
  private static final int WINDOW = 1000;

  private static final int MAX_UNREAD = 20_000;

  private final ShadowEndpoint endpoint;
  private final Orders orders;
  private final CountDownLatch over = new CountDownLatch(1);
  private final ReentrantLock sending = new ReentrantLock();

  /** Guarded by sending. */
  private int unread;

  /** Guarded by sending. */
  private final Deque<Sent> unanswered = new ArrayDeque<>();

  /** Guarded by sending. */
  private long heartbeats;

  private volatile @Nullable ClientCallStreamObserver<AttachRequest> call;

  /** A heartbeat under way. */
  private record Sent(long number, long at) {}

  /** Who does what the schedd says. */
  interface Orders {
    /** Carries out an order; {@code done} is run when that has happened. */
    void take(AttachResponse order, Runnable done);

    void ended(@Nullable Throwable cause);
  }

  ScheddSession(ShadowEndpoint endpoint, Orders orders) {
    this.endpoint = endpoint;
    this.orders = orders;
  }

  ShadowEndpoint endpoint() {
    return endpoint;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<AttachRequest> started) {
    started.disableAutoRequestWithInitial(WINDOW);
    call = started;
  }

  /** Says who attaches; nothing else is said before. */
  void greet(Supplier<Shadow> shadow, Runnable between) {
    sending.lock();
    try {
      send(AttachRequest.newBuilder().setHello(Hellos.mine()).build());
      // What happens from here on is said on this stream, after the greeting: the lock is held.
      between.run();
      send(AttachRequest.newBuilder().setShadow(shadow.get()).build());
    } finally {
      sending.unlock();
    }
  }

  void send(AttachRequest request) {
    ClientCallStreamObserver<AttachRequest> to = call;
    if (to == null || isOver()) {
      return;
    }
    sending.lock();
    try {
      unread = to.isReady() ? 0 : unread + 1;
      if (unread > MAX_UNREAD) {
        end("the schedd does not read");
        return;
      }
      to.onNext(request);
    } catch (IllegalStateException e) {
      // The call ended in this very moment; everything is said again on the next stream.
      over.countDown();
    } finally {
      sending.unlock();
    }
  }

  /** Sends a heartbeat; false when too many were not answered. */
  boolean beat(long now, int mostMissed) {
    sending.lock();
    try {
      if (unanswered.size() >= mostMissed) {
        return false;
      }
      unanswered.add(new Sent(++heartbeats, now));
      send(
          AttachRequest.newBuilder()
              .setHeartbeat(Heartbeat.newBuilder().setNumber(heartbeats))
              .build());
      return true;
    } finally {
      sending.unlock();
    }
  }

  /** When the heartbeat was sent that was answered now; negative numbers are moments as well. */
  long answered(long number, long unknown) {
    sending.lock();
    try {
      long at = unknown;
      while (!unanswered.isEmpty() && unanswered.peek().number() <= number) {
        at = unanswered.remove().at();
      }
      return at;
    } finally {
      sending.unlock();
    }
  }

  void askForCertificate() {
    send(
        AttachRequest.newBuilder()
            .setRenewCertificate(RenewCertificate.getDefaultInstance())
            .build());
  }

  @Override
  public void onNext(AttachResponse order) {
    try {
      orders.take(order, this::requestOne);
    } catch (StatusRuntimeException e) {
      end(String.valueOf(e.getMessage()));
    }
  }

  private void requestOne() {
    ClientCallStreamObserver<AttachRequest> from = call;
    if (from != null) {
      from.request(1);
    }
  }

  @Override
  public void onError(Throwable cause) {
    over.countDown();
    orders.ended(cause);
  }

  @Override
  public void onCompleted() {
    over.countDown();
    orders.ended(null);
  }

  boolean isOver() {
    return over.getCount() == 0;
  }

  /** True when the stream ended within the time. */
  boolean awaitEnd(Duration limit) throws InterruptedException {
    return over.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  void end(String reason) {
    over.countDown();
    ClientCallStreamObserver<AttachRequest> ended = call;
    if (ended != null) {
      ended.cancel(reason, null);
    }
  }
}
