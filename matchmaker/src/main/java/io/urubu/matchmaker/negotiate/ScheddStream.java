package io.urubu.matchmaker.negotiate;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.daemon.rpc.Hellos;
import io.urubu.matchmaker.collector.DemandBook;
import io.urubu.matchmaker.collector.MatchOrder;
import io.urubu.matchmaker.collector.RefusedException;
import io.urubu.matchmaker.collector.ScheddLink;
import io.urubu.matchmaker.collector.ScheddSession;
import io.urubu.matchmaker.stream.Lobby;
import io.urubu.matchmaker.stream.Outbox;
import io.urubu.matchmaker.stream.Refusals;
import io.urubu.protocol.AdCodec;
import io.urubu.protocol.negotiate.v1.Demand;
import io.urubu.protocol.negotiate.v1.Match;
import io.urubu.protocol.negotiate.v1.NegotiateRequest;
import io.urubu.protocol.negotiate.v1.NegotiateResponse;
import io.urubu.protocol.negotiate.v1.Schedd;
import io.urubu.protocol.negotiate.v1.SignificantAttributes;
import io.urubu.protocol.wire.v1.HeartbeatAck;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One schedd's stream: a Hello, who it is, then demand. gRPC hands in one message at a time. */
final class ScheddStream implements StreamObserver<NegotiateRequest>, ScheddLink {
  private static final Logger log = LoggerFactory.getLogger(ScheddStream.class);

  private static final int MAX_WAITING = 20_000;
  private static final Pattern ADDRESS = Pattern.compile("[0-9A-Za-z._\\-\\[\\]:]{1,255}:\\d{1,5}");

  private final String schedd;
  private final DemandBook demands;
  private final Lobby lobby;
  private final Runnable demandChanged;
  private final Outbox<NegotiateResponse> outbox;
  private final Consumer<Status> exit = this::end;

  private boolean isGreeted;

  /** Empty until the schedd said who it is; set once, by the thread that takes the message. */
  private volatile Optional<ScheddSession> session = Optional.empty();

  ScheddStream(
      String schedd,
      ServerCallStreamObserver<NegotiateResponse> answers,
      DemandBook demands,
      Lobby lobby,
      Runnable demandChanged) {
    this.schedd = schedd;
    this.demands = demands;
    this.lobby = lobby;
    this.demandChanged = demandChanged;
    this.outbox = Outbox.on(answers, MAX_WAITING, this::gone);
  }

  void begin() {
    if (!lobby.enter(exit)) {
      end(Status.RESOURCE_EXHAUSTED.withDescription("too many streams without a greeting"));
    }
  }

  @Override
  public void onNext(NegotiateRequest request) {
    try {
      if (session.isPresent()) {
        take(session.get(), request);
      } else if (isGreeted && request.hasSchedd()) {
        open(request.getSchedd());
      } else if (!isGreeted && request.hasHello()) {
        Hellos.check(request.getHello());
        isGreeted = true;
        outbox.send(NegotiateResponse.newBuilder().setHello(Hellos.mine()).build());
      } else {
        end(Refusals.invalid("a stream begins with Hello and Schedd"));
      }
    } catch (RefusedException e) {
      end(Refusals.status(e));
    } catch (ClassAdSyntaxException e) {
      end(Refusals.invalid(e));
    } catch (StatusRuntimeException e) {
      end(e.getStatus());
    }
  }

  private void open(Schedd who) throws RefusedException {
    if (!who.getName().equals(schedd)) {
      end(
          Status.PERMISSION_DENIED.withDescription(
              "'%s' speaks with the certificate of %s".formatted(who.getName(), schedd)));
      return;
    }
    if (!ADDRESS.matcher(who.getClaimAddress()).matches()) {
      end(Refusals.invalid("claim address '" + who.getClaimAddress() + "' is not host:port"));
      return;
    }
    session = Optional.of(demands.open(schedd, who.getClaimAddress(), this));
    lobby.leave(exit);
    demandChanged.run();
    log.atInfo()
        .addKeyValue("schedd", schedd)
        .addKeyValue("address", who.getClaimAddress())
        .log("schedd connected");
  }

  private void take(ScheddSession open, NegotiateRequest request)
      throws RefusedException, ClassAdSyntaxException {
    switch (request.getMessageCase()) {
      case DEMAND -> demand(open, request.getDemand());
      case HEARTBEAT -> {
        open.heard();
        outbox.send(
            NegotiateResponse.newBuilder()
                .setHeartbeatAck(
                    HeartbeatAck.newBuilder().setNumber(request.getHeartbeat().getNumber()))
                .build());
      }
      case HELLO, SCHEDD, MESSAGE_NOT_SET -> end(Refusals.invalid("unexpected message"));
    }
  }

  private void demand(ScheddSession open, Demand demand)
      throws RefusedException, ClassAdSyntaxException {
    Optional<ClassAd> ad =
        demand.hasAd() && demand.getAd().getAttributesCount() > 0
            ? Optional.of(AdCodec.fromProto(demand.getAd()))
            : Optional.empty();
    open.demand(
        demand.getUser(), demand.getAutocluster(), ad, demand.getIdle(), demand.getJobPriority());
    demandChanged.run();
  }

  @Override
  public void matched(MatchOrder order) {
    outbox.send(
        NegotiateResponse.newBuilder()
            .setMatch(
                Match.newBuilder()
                    .setTicket(ByteString.copyFrom(order.ticket().bytes()))
                    .setSlot(order.slot())
                    .setUser(order.demand().user())
                    .setAutocluster(order.demand().autocluster())
                    .setMachineAd(AdCodec.toProto(order.machineAd())))
            .build());
  }

  @Override
  public void significantAttributes(SortedSet<String> names) {
    outbox.send(
        NegotiateResponse.newBuilder()
            .setSignificantAttributes(SignificantAttributes.newBuilder().addAllNames(names))
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
          .addKeyValue("schedd", schedd)
          .addKeyValue("reason", status.getDescription())
          .log("schedd's stream ended from here");
    }
  }

  private void gone() {
    lobby.leave(exit);
    session.ifPresent(ScheddSession::close);
  }

  @Override
  public void onError(Throwable cause) {
    log.atInfo().addKeyValue("schedd", schedd).log("schedd disconnected");
    gone();
  }

  @Override
  public void onCompleted() {
    log.atInfo().addKeyValue("schedd", schedd).log("schedd left");
    gone();
    outbox.complete();
  }
}
