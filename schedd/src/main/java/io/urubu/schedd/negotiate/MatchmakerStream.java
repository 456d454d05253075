package io.urubu.schedd.negotiate;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.daemon.rpc.Hellos;
import io.urubu.identity.Secret;
import io.urubu.protocol.AdCodec;
import io.urubu.protocol.negotiate.v1.Match;
import io.urubu.protocol.negotiate.v1.NegotiateRequest;
import io.urubu.protocol.negotiate.v1.NegotiateResponse;
import io.urubu.protocol.negotiate.v1.NegotiateServiceGrpc;
import io.urubu.protocol.negotiate.v1.Schedd;
import io.urubu.protocol.wire.v1.Heartbeat;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One stream to the matchmaker, from its greeting to its end. */
final class MatchmakerStream
    implements ClientResponseObserver<NegotiateRequest, NegotiateResponse> {
  private static final Logger log = LoggerFactory.getLogger(MatchmakerStream.class);
  private static final int MISSED_HEARTBEATS = 4;

  private final MatchmakerLink.Settings settings;
  private final Consumer<MatchNews> news;
  private final Runnable up;
  private final CountDownLatch ended = new CountDownLatch(1);
  // Guards requests, which takes one caller at a time, and known.
  private final ReentrantLock sending = new ReentrantLock();
  private final Set<Long> known = new HashSet<>();
  private @Nullable ClientCallStreamObserver<NegotiateRequest> requests;
  private volatile boolean greeted;
  private volatile long heardAt;

  MatchmakerStream(MatchmakerLink.Settings settings, Consumer<MatchNews> news, Runnable up) {
    this.settings = settings;
    this.news = news;
    this.up = up;
    this.heardAt = settings.ticker().getAsLong();
  }

  void open(ManagedChannel channel) {
    NegotiateServiceGrpc.newStub(channel).negotiate(this);
    send(NegotiateRequest.newBuilder().setHello(Hellos.mine()).build());
    send(
        NegotiateRequest.newBuilder()
            .setSchedd(
                Schedd.newBuilder()
                    .setName(settings.schedd())
                    .setClaimAddress(settings.claimAddress()))
            .build());
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<NegotiateRequest> stream) {
    requests = stream;
  }

  boolean wasGreeted() {
    return greeted;
  }

  /** Sends heartbeats until the stream or the schedd ends, or nothing is heard any more. */
  void keep(CountDownLatch stopping) {
    long number = 0;
    try {
      while (!ended.await(settings.heartbeat().toMillis(), TimeUnit.MILLISECONDS)) {
        long silence = settings.ticker().getAsLong() - heardAt;
        if (stopping.getCount() == 0
            || silence > settings.heartbeat().multipliedBy(MISSED_HEARTBEATS).toNanos()) {
          cancel();
          return;
        }
        send(
            NegotiateRequest.newBuilder()
                .setHeartbeat(Heartbeat.newBuilder().setNumber(++number))
                .build());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      cancel();
    }
  }

  void demand(Demand demand) {
    sending.lock();
    try {
      var message =
          io.urubu.protocol.negotiate.v1.Demand.newBuilder()
              .setUser(demand.user())
              .setAutocluster(demand.autocluster())
              .setIdle(demand.idle())
              .setJobPriority(demand.priority());
      if (demand.idle() == 0) {
        if (!known.remove(demand.autocluster())) {
          return;
        }
      } else if (known.add(demand.autocluster())) {
        message.setAd(AdCodec.toProto(demand.ad()));
      }
      send(NegotiateRequest.newBuilder().setDemand(message).build());
    } finally {
      sending.unlock();
    }
  }

  private void send(NegotiateRequest request) {
    sending.lock();
    try {
      if (requests != null && ended.getCount() > 0) {
        requests.onNext(request);
      }
    } catch (IllegalStateException e) {
      // The call ended in this moment; its end is reported to this observer too.
      log.atDebug().setCause(e).log("not sent to the matchmaker");
    } finally {
      sending.unlock();
    }
  }

  void cancel() {
    sending.lock();
    try {
      if (requests != null) {
        requests.cancel("the schedd ends the stream", null);
      }
    } finally {
      sending.unlock();
    }
    ended.countDown();
  }

  @Override
  public void onNext(NegotiateResponse response) {
    heardAt = settings.ticker().getAsLong();
    try {
      switch (response.getMessageCase()) {
        case HELLO -> {
          Hellos.check(response.getHello());
          greeted = true;
          up.run();
        }
        case SIGNIFICANT_ATTRIBUTES ->
            news.accept(
                new MatchNews.Significant(response.getSignificantAttributes().getNamesList()));
        case MATCH -> news.accept(matched(response.getMatch()));
        case HEARTBEAT_ACK, MESSAGE_NOT_SET -> {}
      }
    } catch (ClassAdSyntaxException | IllegalArgumentException | IllegalStateException e) {
      log.atWarn().addKeyValue("problem", e.getMessage()).log("matchmaker's message dropped");
    } catch (StatusRuntimeException e) {
      log.atError().addKeyValue("problem", e.getMessage()).log("matchmaker refused");
      cancel();
    }
  }

  private static MatchNews matched(Match match) throws ClassAdSyntaxException {
    return new MatchNews.Matched(
        Secret.of(match.getTicket().toByteArray()),
        match.getSlot(),
        match.getUser(),
        match.getAutocluster(),
        AdCodec.fromProto(match.getMachineAd()));
  }

  @Override
  public void onError(Throwable cause) {
    log.atDebug().addKeyValue("status", Status.fromThrowable(cause)).log("matchmaker stream broke");
    ended.countDown();
  }

  @Override
  public void onCompleted() {
    ended.countDown();
  }
}
