package io.urubu.startd.claim;

import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.urubu.daemon.rpc.Hellos;
import io.urubu.daemon.rpc.PeerCheck;
import io.urubu.daemon.rpc.RpcChannels;
import io.urubu.identity.Role;
import io.urubu.identity.Secret;
import io.urubu.protocol.claim.v1.ClaimRequest;
import io.urubu.protocol.claim.v1.ClaimResponse;
import io.urubu.protocol.claim.v1.ClaimServiceGrpc;
import io.urubu.protocol.claim.v1.Granted;
import io.urubu.protocol.claim.v1.Released;
import io.urubu.protocol.id.RunRef;
import io.urubu.protocol.wire.v1.Heartbeat;
import io.urubu.startd.slot.Claim;
import io.urubu.startd.slot.SlotEvent;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One stream of a claim, from its dial to its end. */
final class ClaimStream implements ClientResponseObserver<ClaimRequest, ClaimResponse> {
  private static final Logger log = LoggerFactory.getLogger(ClaimStream.class);

  private static final int MOST_MISSED = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration FAREWELL = Duration.ofSeconds(2);
  private static final int LONGEST_LEASE_SECONDS = 30 * 24 * 3600;

  private final Wiring wiring;
  private final Wiring.SlotSide slot;
  private final Target target;
  private final String address;
  private final Consumer<SlotEvent> events;
  private final Inbound inbound;
  private final ManagedChannel channel;
  private final Optional<RunRef> said;
  private final Duration dialled;
  private final Map<Long, Duration> sentByNumber = new ConcurrentHashMap<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Semaphore wakes = new Semaphore(0);

  /** Guards sending: gRPC takes messages from one thread at a time. */
  private final ReentrantLock sending = new ReentrantLock();

  private @Nullable ClientCallStreamObserver<ClaimRequest> requests;
  private volatile boolean granted;

  ClaimStream(
      Wiring wiring,
      Wiring.SlotSide slot,
      Target target,
      String address,
      Consumer<SlotEvent> events) {
    this.wiring = wiring;
    this.target = target;
    this.address = address;
    this.events = events;
    this.inbound = new Inbound(slot, events);
    this.channel =
        RpcChannels.dial(
            address, wiring.identity(), PeerCheck.daemon(Role.SCHEDD, target.schedd()));
    this.slot = slot;
    this.said = slot.held();
    this.dialled = wiring.now();
  }

  /** Calls the schedd and says who is there. */
  void dial() {
    ClaimServiceGrpc.newStub(channel).claim(this);
    write(ClaimRequest.newBuilder().setHello(Hellos.mine()).build());
    write(target.introduction(slot, said));
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<ClaimRequest> stream) {
    // One message at a time: a schedd cannot fill this process's memory.
    stream.disableAutoRequestWithInitial(1);
    requests = stream;
  }

  @Override
  public void onNext(ClaimResponse message) {
    try {
      received(message);
      ClientCallStreamObserver<ClaimRequest> open = requests;
      if (open != null) {
        open.request(1);
      }
    } catch (RuntimeException e) {
      log.atWarn().addKeyValue("schedd", target.schedd()).setCause(e).log("a bad message");
      ended.countDown();
      wake();
    }
  }

  private void received(ClaimResponse message) {
    switch (message.getMessageCase()) {
      case HELLO -> Hellos.check(message.getHello());
      case GRANTED -> granted(message.getGranted());
      case REFUSED ->
          events.accept(new SlotEvent.Refused(Inbound.bounded(message.getRefused().getReason())));
      case HEARTBEAT_ACK -> {
        Duration sent = sentByNumber.remove(message.getHeartbeatAck().getNumber());
        if (sent != null) {
          sentByNumber.values().removeIf(earlier -> earlier.compareTo(sent) < 0);
          events.accept(new SlotEvent.HeartbeatAnswered(sent));
        }
      }
      case ACTIVATE,
          DEACTIVATE,
          RELEASE,
          SHADOW_MOVED,
          RUN_GONE_ACK,
          SUSPEND_RUN,
          CONTINUE_RUN,
          CHECKPOINT_RUN -> {
        if (granted) {
          inbound.received(message, this::send);
        }
      }
      case MESSAGE_NOT_SET -> log.atDebug().log("a message of a newer schedd");
    }
  }

  private void granted(Granted message) {
    Secret secret = target.granted(address, Secret.of(message.getClaimSecret().toByteArray()));
    int lease = Math.clamp(message.getLeaseSeconds(), 1, LONGEST_LEASE_SECONDS);
    granted = true;
    events.accept(
        new SlotEvent.Granted(
            new Claim(target.schedd(), address, target.user(), secret, Duration.ofSeconds(lease)),
            dialled,
            said));
    wake();
  }

  @Override
  public void onError(Throwable cause) {
    log.atDebug().addKeyValue("schedd", target.schedd()).setCause(cause).log("the stream broke");
    ended.countDown();
    wake();
  }

  @Override
  public void onCompleted() {
    ended.countDown();
    wake();
  }

  /** Keeps the stream alive until it breaks or the link hangs up. */
  void serve(CountDownLatch hangingUp) throws InterruptedException {
    long number = 0;
    while (ended.getCount() > 0 && hangingUp.getCount() > 0 && !isSilent()) {
      if (granted) {
        number++;
        sentByNumber.put(number, wiring.now());
        write(
            ClaimRequest.newBuilder()
                .setHeartbeat(Heartbeat.newBuilder().setNumber(number))
                .build());
      }
      pause();
    }
  }

  private boolean isSilent() {
    return granted
        ? sentByNumber.size() >= MOST_MISSED
        : wiring.now().minus(dialled).compareTo(PATIENCE) > 0;
  }

  private void pause() throws InterruptedException {
    if (wakes.tryAcquire(wiring.heartbeat().toNanos(), TimeUnit.NANOSECONDS)) {
      wakes.drainPermits();
    }
  }

  void wake() {
    wakes.release();
  }

  /** The last word: the claim is given back when there is a reason, and the stream closed. */
  void leave(Optional<String> released) throws InterruptedException {
    if (granted) {
      released.ifPresent(
          reason ->
              write(
                  ClaimRequest.newBuilder()
                      .setReleased(Released.newBuilder().setReason(reason))
                      .build()));
    }
    sending.lock();
    try {
      if (requests != null) {
        requests.onCompleted();
      }
    } catch (IllegalStateException _) {
      // The schedd was quicker.
    } finally {
      sending.unlock();
    }
    ended.await(FAREWELL.toNanos(), TimeUnit.NANOSECONDS);
  }

  boolean wasGranted() {
    return granted;
  }

  /** Sends it once the schedd has granted the claim on this stream; else it is dropped. */
  void send(ClaimRequest message) {
    if (granted) {
      write(message);
    }
  }

  private void write(ClaimRequest message) {
    sending.lock();
    try {
      if (requests != null) {
        requests.onNext(message);
      }
    } catch (IllegalStateException e) {
      log.atDebug().setCause(e).log("the stream is closed already");
    } finally {
      sending.unlock();
    }
  }

  void close() {
    channel.shutdownNow();
  }
}
