package io.urubu.startd.advertise;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.urubu.classad.ClassAd;
import io.urubu.daemon.rpc.Hellos;
import io.urubu.daemon.rpc.PeerCheck;
import io.urubu.daemon.rpc.RpcChannels;
import io.urubu.identity.Role;
import io.urubu.identity.Secret;
import io.urubu.protocol.advertise.v1.AdvertiseRequest;
import io.urubu.protocol.advertise.v1.AdvertiseResponse;
import io.urubu.protocol.advertise.v1.AdvertiseServiceGrpc;
import io.urubu.protocol.advertise.v1.LocateScheddRequest;
import io.urubu.protocol.advertise.v1.Matched;
import io.urubu.protocol.advertise.v1.SlotGone;
import io.urubu.protocol.wire.v1.Heartbeat;
import io.urubu.startd.slot.Match;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One stream to the matchmaker, from its dial to its end. */
final class AdStream implements ClientResponseObserver<AdvertiseRequest, AdvertiseResponse> {
  private static final Logger log = LoggerFactory.getLogger(AdStream.class);

  private static final int MOST_MISSED = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final Wiring wiring;
  private final Semaphore changes;
  private final ManagedChannel channel;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicLong answered = new AtomicLong();

  /** What the matchmaker knows; touched by the serving thread only. */
  private final Map<String, ClassAd> sentBySlot = new HashMap<>();

  private volatile boolean welcome;
  private @Nullable ClientCallStreamObserver<AdvertiseRequest> requests;

  AdStream(Wiring wiring, String address, Semaphore changes) {
    this.wiring = wiring;
    this.changes = changes;
    this.channel = RpcChannels.dial(address, wiring.identity(), PeerCheck.role(Role.MATCHMAKER));
  }

  /** Calls the matchmaker and says who is there. */
  void dial() {
    AdvertiseServiceGrpc.newStub(channel).advertise(this);
    write(AdvertiseRequest.newBuilder().setHello(Hellos.mine()).build());
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<AdvertiseRequest> stream) {
    stream.disableAutoRequestWithInitial(1);
    requests = stream;
  }

  @Override
  public void onNext(AdvertiseResponse message) {
    try {
      switch (message.getMessageCase()) {
        case HELLO -> {
          Hellos.check(message.getHello());
          welcome = true;
          changes.release();
        }
        case MATCHED -> matched(message.getMatched());
        case HEARTBEAT_ACK -> answered.set(message.getHeartbeatAck().getNumber());
        case MESSAGE_NOT_SET -> log.atDebug().log("a message of a newer matchmaker");
      }
      ClientCallStreamObserver<AdvertiseRequest> open = requests;
      if (open != null) {
        open.request(1);
      }
    } catch (RuntimeException e) {
      log.atWarn().setCause(e).log("a bad message of the matchmaker");
      end();
    }
  }

  private void matched(Matched message) {
    wiring
        .matches()
        .accept(
            message.getSlot(),
            new Match(
                message.getSchedd(),
                message.getScheddAddress(),
                message.getUser(),
                Secret.of(message.getTicket().toByteArray())));
  }

  @Override
  public void onError(Throwable cause) {
    log.atDebug().setCause(cause).log("the stream to the matchmaker broke");
    end();
  }

  @Override
  public void onCompleted() {
    end();
  }

  private void end() {
    ended.countDown();
    changes.release();
  }

  /** Sends ads and heartbeats until the stream breaks or the daemon goes down. */
  void serve(CountDownLatch closing) throws InterruptedException {
    long patience = wiring.ticker().getAsLong() + PATIENCE.toNanos();
    while (!welcome && isOpen(closing) && wiring.ticker().getAsLong() - patience < 0) {
      awaitChange();
    }
    if (!welcome) {
      return;
    }
    log.atInfo().log("advertising to the matchmaker");
    long number = 0;
    long next = wiring.ticker().getAsLong();
    while (isOpen(closing) && number - answered.get() <= MOST_MISSED) {
      sendChanges();
      if (wiring.ticker().getAsLong() - next >= 0) {
        number++;
        heartbeat(number);
        next = wiring.ticker().getAsLong() + wiring.heartbeat().toNanos();
      }
      awaitChange();
    }
    if (closing.getCount() == 0) {
      leave();
    }
  }

  private boolean isOpen(CountDownLatch closing) {
    return ended.getCount() > 0 && closing.getCount() > 0;
  }

  private void awaitChange() throws InterruptedException {
    if (changes.tryAcquire(wiring.heartbeat().toNanos(), TimeUnit.NANOSECONDS)) {
      changes.drainPermits();
    }
  }

  private void heartbeat(long number) {
    write(
        AdvertiseRequest.newBuilder()
            .setHeartbeat(Heartbeat.newBuilder().setNumber(number))
            .build());
  }

  private void sendChanges() {
    Map<String, ClassAd> current = wiring.ads().get();
    current.forEach(
        (slot, ad) ->
            AdDelta.between(slot, Optional.ofNullable(sentBySlot.put(slot, ad)), ad)
                .ifPresent(delta -> write(AdvertiseRequest.newBuilder().setSlotAd(delta).build())));
    Set<String> gone = new HashSet<>(sentBySlot.keySet());
    gone.removeAll(current.keySet());
    gone.forEach(this::withdraw);
    sentBySlot.keySet().removeAll(gone);
  }

  private void withdraw(String slot) {
    write(AdvertiseRequest.newBuilder().setSlotGone(SlotGone.newBuilder().setSlot(slot)).build());
  }

  private void leave() throws InterruptedException {
    sentBySlot.keySet().forEach(this::withdraw);
    try {
      if (requests != null) {
        requests.onCompleted();
      }
    } catch (IllegalStateException _) {
      // The matchmaker was quicker.
    }
    if (!ended.await(FAREWELL.toNanos(), TimeUnit.NANOSECONDS)) {
      log.atDebug().log("the matchmaker did not close the stream");
    }
  }

  boolean wasWelcome() {
    return welcome;
  }

  Optional<String> locate(String schedd, Duration limit) {
    try {
      String address =
          AdvertiseServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(limit.toNanos(), TimeUnit.NANOSECONDS)
              .locateSchedd(LocateScheddRequest.newBuilder().setSchedd(schedd).build())
              .getAddress();
      return Optional.of(address).filter(text -> !text.isEmpty());
    } catch (StatusRuntimeException e) {
      log.atDebug().addKeyValue("schedd", schedd).setCause(e).log("the matchmaker cannot say");
      return Optional.empty();
    }
  }

  private void write(AdvertiseRequest message) {
    try {
      if (requests != null) {
        requests.onNext(message);
      }
    } catch (IllegalStateException e) {
      log.atDebug().setCause(e).log("the stream is closed already");
    }
  }

  void close() {
    channel.shutdownNow();
  }
}
