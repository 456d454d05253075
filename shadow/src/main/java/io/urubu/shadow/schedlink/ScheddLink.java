package io.urubu.shadow.schedlink;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.urubu.daemon.rpc.Hellos;
import io.urubu.daemon.rpc.IdentitySource;
import io.urubu.daemon.rpc.PeerCheck;
import io.urubu.daemon.rpc.RpcChannels;
import io.urubu.identity.IdentityException;
import io.urubu.identity.Role;
import io.urubu.protocol.id.RunRef;
import io.urubu.protocol.shadow.v1.AttachResponse;
import io.urubu.protocol.shadow.v1.Shadow;
import io.urubu.protocol.shadow.v1.ShadowServiceGrpc;
import io.urubu.protocol.wire.v1.ShadowEndpoint;
import io.urubu.shadow.desk.Lanes;
import io.urubu.shadow.desk.RunDesk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a stream to the schedd, dials again when it breaks, and watches over the lease. */
public final class ScheddLink implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ScheddLink.class);

  private static final int MISSED_HEARTBEATS = 4;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration RENEWAL_PAUSE = Duration.ofSeconds(60);

  /**
   * What does not change while the process lives.
   *
   * @param addressFile where the schedd says where it listens
   * @param served host and port at which starters find this shadow
   * @param lease how long the shadow serves unheard until a schedd names another time
   */
  public record Settings(
      Path addressFile, String user, String served, Duration heartbeat, Duration lease) {}

  /** Time and chance. */
  public record Clocks(InstantSource clock, LongSupplier ticker, RandomGenerator random) {}

  /** What the shadow does at the end of its life. */
  public interface Ends {
    /** The schedd has nothing left for this shadow. */
    void retired();

    /** The schedd was not heard for the lease. */
    void leaseLapsed();
  }

  private final Settings settings;
  private final Clocks clocks;
  private final IdentitySource identity;
  private final RunDesk desk;
  private final ScheddOutlet outlet;
  private final ScheddOrders orders;
  private final Ends ends;
  private final CountDownLatch closed = new CountDownLatch(1);

  private volatile Duration lease;
  private volatile long answeredAt;
  private volatile long renewalAskedAt;
  private volatile boolean isAttached;

  public ScheddLink(
      Settings settings, Clocks clocks, IdentitySource identity, Desk desk, Ends ends) {
    this.settings = settings;
    this.clocks = clocks;
    this.identity = identity;
    this.desk = desk.desk();
    this.outlet = desk.outlet();
    this.orders =
        new ScheddOrders(
            identity.current().subject().name(), desk.desk(), desk.lanes(), desk.outlet());
    this.ends = ends;
    this.lease = settings.lease();
    this.answeredAt = clocks.ticker().getAsLong();
    this.renewalAskedAt = answeredAt - RENEWAL_PAUSE.toNanos();
  }

  /** Where orders go and answers come from. */
  public record Desk(RunDesk desk, Lanes lanes, ScheddOutlet outlet) {}

  /** Begins to dial, on a thread of its own. */
  public void start() {
    Thread.ofVirtual().name("schedd-link").start(this::run);
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    try {
      while (closed.getCount() > 0) {
        boolean wasAttached = attach();
        if (hasLapsed()) {
          log.atWarn().addKeyValue("seconds", lease.toSeconds()).log("the schedd's lease is over");
          ends.leaseLapsed();
          return;
        }
        pause = wasAttached ? FIRST_PAUSE : longer(pause);
        closed.await(jittered(pause), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }

  private long jittered(Duration pause) {
    return clocks.random().nextLong(pause.toNanos() / 2, pause.toNanos() + 1);
  }

  private boolean hasLapsed() {
    return clocks.ticker().getAsLong() - answeredAt > lease.toNanos();
  }

  /** One stream, until it is over; true when the schedd took it. */
  private boolean attach() throws InterruptedException {
    ManagedChannel channel;
    try {
      channel =
          RpcChannels.dial(
              Files.readString(settings.addressFile()).strip(),
              identity,
              PeerCheck.daemon(Role.SCHEDD, identity.current().subject().name()));
    } catch (IOException | IllegalArgumentException e) {
      log.atDebug().addKeyValue("reason", e.toString()).log("the schedd has no address");
      return false;
    }
    Taker taker = new Taker();
    ScheddSession session = new ScheddSession(endpoint(), taker);
    taker.session = session;
    isAttached = false;
    try {
      long begun = clocks.ticker().getAsLong();
      taker.begun = begun;
      ShadowServiceGrpc.newStub(channel).attach(session);
      session.greet(() -> shadow(session), () -> outlet.use(session));
      desk.sayAgain();
      keepAlive(session, begun);
    } finally {
      outlet.drop(session);
      session.end("the stream is given up");
      channel.shutdownNow();
    }
    return isAttached;
  }

  private ShadowEndpoint endpoint() {
    return ShadowEndpoint.newBuilder()
        .setAddress(settings.served())
        .setCertificateSha256(ByteString.copyFrom(identity.current().leafSha256()))
        .build();
  }

  private Shadow shadow(ScheddSession session) {
    return Shadow.newBuilder()
        .setUser(settings.user())
        .setEndpoint(session.endpoint())
        .setPid(ProcessHandle.current().pid())
        .addAllOpenRuns(desk.openRuns().stream().map(RunRef::toProto).toList())
        .build();
  }

  private void keepAlive(ScheddSession session, long begun) throws InterruptedException {
    while (closed.getCount() > 0 && !hasLapsed()) {
      if (session.awaitEnd(settings.heartbeat())) {
        return;
      }
      long now = clocks.ticker().getAsLong();
      boolean isSlow =
          !isAttached && now - begun > settings.heartbeat().toNanos() * MISSED_HEARTBEATS;
      if (isSlow || !session.beat(now, MISSED_HEARTBEATS)) {
        log.atWarn().log("the schedd does not answer");
        return;
      }
      renewInTime(session, now);
    }
  }

  /** At half of its life the certificate is renewed, while the old one is still good. */
  private void renewInTime(ScheddSession session, long now) {
    X509Certificate leaf = identity.current().leaf();
    Instant from = leaf.getNotBefore().toInstant();
    Instant half = from.plus(Duration.between(from, leaf.getNotAfter().toInstant()).dividedBy(2));
    if (isAttached
        && clocks.clock().instant().isAfter(half)
        && now - renewalAskedAt >= RENEWAL_PAUSE.toNanos()) {
      renewalAskedAt = now;
      session.askForCertificate();
    }
  }

  /** For people. */
  public boolean isAttached() {
    return isAttached;
  }

  @Override
  public void close() {
    closed.countDown();
    outlet.end();
  }

  private final class Taker implements ScheddSession.Orders {
    private @Nullable ScheddSession session;
    private long begun;

    @Override
    public void take(AttachResponse order, Runnable done) {
      switch (order.getMessageCase()) {
        case HELLO -> {
          Hellos.check(order.getHello());
          done.run();
        }
        case ATTACHED -> {
          int seconds = order.getAttached().getLeaseSeconds();
          lease =
              seconds == 0 ? settings.lease() : Duration.ofSeconds(Integer.toUnsignedLong(seconds));
          answeredAt = begun;
          isAttached = true;
          log.atInfo().addKeyValue("lease", lease.toSeconds()).log("attached to the schedd");
          done.run();
        }
        case ADMIT -> orders.admit(order.getAdmit(), done);
        case CLOSE_RUN -> orders.close(order.getCloseRun(), done);
        case SETTLED -> orders.settled(order.getSettled(), done);
        case APPEND_LOG -> orders.append(order.getAppendLog(), done);
        case RETIRE -> {
          log.atInfo().log("retired by the schedd");
          ends.retired();
          done.run();
        }
        case HEARTBEAT_ACK -> {
          heard(order.getHeartbeatAck().getNumber());
          done.run();
        }
        case RENEWED_CERTIFICATE -> {
          renew(order.getRenewedCertificate().getChain());
          done.run();
        }
        case CHECKPOINT_RECORDED -> orders.recorded(order.getCheckpointRecorded(), done);
        case MESSAGE_NOT_SET -> done.run();
      }
    }

    private void heard(long number) {
      ScheddSession from = session;
      if (from != null) {
        answeredAt = from.answered(number, answeredAt);
      }
    }

    /** Starters know the shadow by its certificate: with a new one it introduces itself again. */
    private void renew(String chain) {
      try {
        identity.renew(chain);
        log.atInfo().addKeyValue("until", identity.current().expiry()).log("certificate renewed");
      } catch (IdentityException e) {
        log.atError().setCause(e).log("the schedd's new certificate is of no use");
        return;
      }
      ScheddSession from = session;
      if (from != null) {
        from.end("the certificate was renewed");
      }
    }

    @Override
    public void ended(@Nullable Throwable cause) {
      log.atDebug().addKeyValue("reason", String.valueOf(cause)).log("the schedd's stream is over");
    }
  }
}
