package io.urubu.starter.shadowlink;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.urubu.daemon.rpc.Hellos;
import io.urubu.protocol.id.RunRef;
import io.urubu.protocol.run.v1.Opened;
import io.urubu.protocol.run.v1.RunRequest;
import io.urubu.protocol.run.v1.RunResponse;
import io.urubu.starter.shadowlink.RunStream.Incoming;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one run connected to its shadow: dials, greets, opens the run, sends heartbeats, and dials
 * again whenever the stream breaks or the shadow moves, until it is closed.
 */
public final class ShadowLink implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ShadowLink.class);
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final ShadowChannels channels;
  private final RunKey key;
  private final LinkTiming timing;
  private final LinkListener listener;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Guarded by lock, as all below. */
  private Endpoint endpoint;

  private @Nullable RunStream stream;
  private @Nullable ManagedChannel open;

  /** Counts the times that the shadow opened the run. */
  private int epoch;

  private boolean isMoved;
  private boolean isClosing;
  private boolean isOver;

  public ShadowLink(
      ShadowChannels channels,
      RunKey key,
      Endpoint endpoint,
      LinkTiming timing,
      LinkListener listener) {
    this.channels = channels;
    this.key = key;
    this.endpoint = endpoint;
    this.timing = timing;
    this.listener = listener;
  }

  public void start() {
    Thread.ofVirtual().name("shadow-link").start(this::keepConnected);
  }

  private void keepConnected() {
    int failures = 0;
    try {
      while (true) {
        Endpoint target = target();
        boolean wasOpen = connect(target);
        if (awaitRedial(wasOpen ? timing.pause(0) : timing.pause(failures))) {
          break;
        }
        failures = wasOpen ? 0 : failures + 1;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      locked(() -> isOver = true);
    }
  }

  private Endpoint target() {
    lock.lock();
    try {
      isMoved = false;
      return endpoint;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the pause, the shadow's move, or the end; true for the end. */
  private boolean awaitRedial(Duration pause) throws InterruptedException {
    long nanos = pause.toNanos();
    lock.lock();
    try {
      while (nanos > 0 && !isClosing && !isMoved) {
        nanos = changed.awaitNanos(nanos);
      }
      return isClosing;
    } finally {
      lock.unlock();
    }
  }

  /** One connection from its dial to its end; true when the shadow opened the run. */
  private boolean connect(Endpoint target) throws InterruptedException {
    ManagedChannel channel = channels.acquire(target);
    RunStream current = RunStream.open(channel, key, epoch() > 0);
    if (!locked(() -> stream = current)) {
      current.finish();
    }
    int before = epoch();
    try {
      Status end = converse(current, channel);
      if (isTransport(end)) {
        channels.discard(target, channel);
      }
      log.atDebug()
          .addKeyValue("run", key.run())
          .addKeyValue("status", end)
          .log("the stream to the shadow ended");
    } finally {
      locked(
          () -> {
            stream = null;
            open = null;
          });
      current.cancel();
      channels.release(target, channel);
    }
    return epoch() > before;
  }

  /** What the shadow itself says concerns one run, the rest the connection that all share. */
  private static boolean isTransport(Status status) {
    return status.getCode() == Status.Code.UNAVAILABLE
        || status.getCode() == Status.Code.UNAUTHENTICATED;
  }

  private Status converse(RunStream current, ManagedChannel channel) throws InterruptedException {
    long heard = timing.ticker().getAsLong();
    long sent = heard;
    while (true) {
      Optional<Incoming> next = current.receive(untilHeartbeat(sent));
      long now = timing.ticker().getAsLong();
      if (next.isPresent()) {
        heard = now;
        switch (next.get()) {
          case Incoming.Ended(var status) -> {
            return status;
          }
          case Incoming.Message(var response) -> take(current, channel, response);
        }
      }
      if (now - heard > timing.silence().toNanos()) {
        return Status.UNAVAILABLE.withDescription("the shadow is silent");
      }
      if (now - sent >= timing.heartbeat().toNanos() && isOpen()) {
        current.sendHeartbeat(now);
        sent = now;
      } else if (now - sent >= timing.heartbeat().toNanos()) {
        sent = now;
      }
    }
  }

  private Duration untilHeartbeat(long sent) {
    long left = timing.heartbeat().toNanos() - (timing.ticker().getAsLong() - sent);
    return Duration.ofNanos(Math.max(1_000_000, left));
  }

  private void take(RunStream current, ManagedChannel channel, RunResponse response) {
    switch (response.getMessageCase()) {
      case HELLO -> Hellos.check(response.getHello());
      case OPENED -> {
        locked(
            () -> {
              open = channel;
              epoch++;
            });
        current.sendHeartbeat(timing.ticker().getAsLong());
        opened(response.getOpened());
      }
      case REFUSED -> listener.rejected(response.getRefused().getReason());
      case CLOSED -> listener.rejected(response.getClosed().getReason());
      case FINISHED -> listener.finished();
      case HEARTBEAT_ACK ->
          current.answered(response.getHeartbeatAck().getNumber()).ifPresent(listener::answered);
      case CHECKPOINT_COMMITTED ->
          listener.checkpointCommitted(
              response.getCheckpointCommitted().getNumber(),
              response.getCheckpointCommitted().getGeneration());
      case CHECKPOINT_REFUSED ->
          listener.checkpointRefused(
              response.getCheckpointRefused().getNumber(),
              response.getCheckpointRefused().getReason());
      case MESSAGE_NOT_SET ->
          log.atDebug().addKeyValue("run", key.run()).log("a message that this version ignores");
    }
  }

  private void opened(Opened opened) {
    listener.opened(
        opened.getInputsList(),
        Duration.ofSeconds(Integer.toUnsignedLong(opened.getLeaseSeconds())),
        opened.hasRestore() ? Optional.of(opened.getRestore()) : Optional.empty());
  }

  /** Sends when the run is open; otherwise whoever speaks says it again when it is opened. */
  public void send(RunRequest request) {
    lock.lock();
    try {
      if (open != null && stream != null) {
        stream.send(request);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends only to who opened the run under that number; false when somebody else serves it now. A
   * stream that is broken loses the message: whoever speaks says it again when it is opened.
   */
  public boolean send(RunRequest request, int toEpoch) {
    lock.lock();
    try {
      if (epoch != toEpoch) {
        return false;
      }
      send(request);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The user's shadow is another process now, or elsewhere. */
  public void move(Endpoint target) {
    locked(
        () -> {
          if (!target.equals(endpoint)) {
            endpoint = target;
            isMoved = true;
            if (stream != null) {
              stream.cancel();
            }
          }
        });
  }

  /** How often the shadow opened the run; what it was given under another number may be lost. */
  public int epoch() {
    lock.lock();
    try {
      return epoch;
    } finally {
      lock.unlock();
    }
  }

  private boolean isOpen() {
    lock.lock();
    try {
      return open != null;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the run is open.
   *
   * @throws LinkClosedException when that will not be any more
   */
  ManagedChannel awaitOpen() throws LinkClosedException, InterruptedException {
    lock.lock();
    try {
      while (!isClosing && !isOver && open == null) {
        changed.await(1, TimeUnit.SECONDS);
      }
      ManagedChannel channel = open;
      if (isClosing || isOver || channel == null) {
        throw new LinkClosedException("run " + key.run() + " is not connected any more");
      }
      return channel;
    } finally {
      lock.unlock();
    }
  }

  /** Lets the shadow's answers time to pass before a call is tried again. */
  void pause(int failures) throws LinkClosedException, InterruptedException {
    if (awaitRedial(timing.pause(failures))) {
      throw new LinkClosedException("run " + key.run() + " is not connected any more");
    }
  }

  /** Whose link it is. */
  public RunRef run() {
    return key.run();
  }

  RunKey key() {
    return key;
  }

  boolean isClosing() {
    lock.lock();
    try {
      return isClosing;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the link; what was sent before still arrives when the shadow is there. */
  @Override
  public void close() {
    RunStream last;
    lock.lock();
    try {
      isClosing = true;
      last = stream;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (last != null) {
      last.finish();
      Thread.ofVirtual().name("shadow-farewell").start(() -> farewell(last));
    }
  }

  private void farewell(RunStream last) {
    lock.lock();
    try {
      long nanos = FAREWELL.toNanos();
      while (!isOver && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    last.cancel();
  }

  /** Runs it under the lock and wakes those who wait; false when the link is closing. */
  private boolean locked(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
      return !isClosing;
    } finally {
      lock.unlock();
    }
  }
}
