package io.urubu.matchmaker.advertise;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.daemon.rpc.Hellos;
import io.urubu.matchmaker.collector.MachineBook;
import io.urubu.matchmaker.collector.MatchOrder;
import io.urubu.matchmaker.collector.RefusedException;
import io.urubu.matchmaker.collector.StartdLink;
import io.urubu.matchmaker.collector.StartdSession;
import io.urubu.matchmaker.stream.Lobby;
import io.urubu.matchmaker.stream.Outbox;
import io.urubu.matchmaker.stream.Refusals;
import io.urubu.protocol.AdCodec;
import io.urubu.protocol.advertise.v1.AdvertiseRequest;
import io.urubu.protocol.advertise.v1.AdvertiseResponse;
import io.urubu.protocol.advertise.v1.Matched;
import io.urubu.protocol.advertise.v1.SlotAd;
import io.urubu.protocol.wire.v1.HeartbeatAck;
import io.urubu.protocol.wire.v1.Hello;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One startd's stream. gRPC hands in one message at a time. */
final class StartdStream implements StreamObserver<AdvertiseRequest>, StartdLink {
  private static final Logger log = LoggerFactory.getLogger(StartdStream.class);

  private static final int MAX_WAITING = 10_000;
  private static final int MAX_AD_BYTES = 512 << 10;

  private final String startd;
  private final MachineBook machines;
  private final Lobby lobby;
  private final Runnable supplyChanged;
  private final Outbox<AdvertiseResponse> outbox;
  private final Consumer<Status> exit = this::end;

  /** Empty until the Hello; set once, by the thread that takes the message. */
  private volatile Optional<StartdSession> session = Optional.empty();

  StartdStream(
      String startd,
      ServerCallStreamObserver<AdvertiseResponse> answers,
      MachineBook machines,
      Lobby lobby,
      Runnable supplyChanged) {
    this.startd = startd;
    this.machines = machines;
    this.lobby = lobby;
    this.supplyChanged = supplyChanged;
    this.outbox = Outbox.on(answers, MAX_WAITING, this::gone);
  }

  void begin() {
    if (!lobby.enter(exit)) {
      end(Status.RESOURCE_EXHAUSTED.withDescription("too many streams without a greeting"));
    }
  }

  @Override
  public void onNext(AdvertiseRequest request) {
    try {
      if (session.isPresent()) {
        take(session.get(), request);
      } else if (request.hasHello()) {
        greet(request.getHello());
      } else {
        end(Refusals.invalid("the first message of a stream is its Hello"));
      }
    } catch (RefusedException e) {
      end(Refusals.status(e));
    } catch (ClassAdSyntaxException e) {
      end(Refusals.invalid(e));
    } catch (StatusRuntimeException e) {
      end(e.getStatus());
    }
  }

  private void greet(Hello hello) throws RefusedException {
    Hellos.check(hello);
    outbox.send(AdvertiseResponse.newBuilder().setHello(Hellos.mine()).build());
    session = Optional.of(machines.open(startd, this));
    lobby.leave(exit);
    log.atInfo()
        .addKeyValue("startd", startd)
        .addKeyValue("software", hello.getSoftware())
        .log("startd connected");
  }

  private void take(StartdSession open, AdvertiseRequest request)
      throws RefusedException, ClassAdSyntaxException {
    switch (request.getMessageCase()) {
      case SLOT_AD -> advertise(open, request.getSlotAd());
      case SLOT_GONE -> open.withdraw(request.getSlotGone().getSlot());
      case HEARTBEAT -> {
        open.heard();
        outbox.send(
            AdvertiseResponse.newBuilder()
                .setHeartbeatAck(
                    HeartbeatAck.newBuilder().setNumber(request.getHeartbeat().getNumber()))
                .build());
      }
      case HELLO, MESSAGE_NOT_SET -> end(Refusals.invalid("unexpected message"));
    }
  }

  private void advertise(StartdSession open, SlotAd said)
      throws RefusedException, ClassAdSyntaxException {
    if (said.getSerializedSize() > MAX_AD_BYTES) {
      end(
          Status.RESOURCE_EXHAUSTED.withDescription(
              "%s: an ad of %d bytes, allowed are %d"
                  .formatted(said.getSlot(), said.getSerializedSize(), MAX_AD_BYTES)));
      return;
    }
    boolean matters =
        open.advertise(
            said.getSlot(),
            said.getComplete(),
            AdCodec.fromProto(said.getAd()),
            said.getRemovedList());
    if (matters) {
      supplyChanged.run();
    }
  }

  @Override
  public void matched(MatchOrder order) {
    outbox.send(
        AdvertiseResponse.newBuilder()
            .setMatched(
                Matched.newBuilder()
                    .setTicket(ByteString.copyFrom(order.ticket().bytes()))
                    .setSlot(order.slot())
                    .setSchedd(order.demand().schedd())
                    .setScheddAddress(order.claimAddress())
                    .setUser(order.demand().user()))
            .build());
  }

  @Override
  public void close(String reason) {
    end(Status.ABORTED.withDescription(reason));
  }

  private void end(Status status) {
    gone();
    if (outbox.fail(status)) {
      log.atWarn()
          .addKeyValue("startd", startd)
          .addKeyValue("reason", status.getDescription())
          .log("startd's stream ended from here");
    }
  }

  private void gone() {
    lobby.leave(exit);
    session.ifPresent(StartdSession::close);
  }

  @Override
  public void onError(Throwable cause) {
    log.atInfo().addKeyValue("startd", startd).log("startd disconnected");
    gone();
  }

  @Override
  public void onCompleted() {
    log.atInfo().addKeyValue("startd", startd).log("startd left");
    gone();
    outbox.complete();
  }
}
