package io.urubu.schedd.claim;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.daemon.rpc.Hellos;
import io.urubu.identity.Secret;
import io.urubu.protocol.AdCodec;
import io.urubu.protocol.claim.v1.ClaimRequest;
import io.urubu.protocol.claim.v1.ClaimResponse;
import io.urubu.protocol.id.RunRef;
import io.urubu.protocol.wire.v1.HeartbeatAck;
import io.urubu.protocol.wire.v1.RunId;
import io.urubu.schedd.line.Line;
import io.urubu.schedd.queue.Departure;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** What comes on one startd's claim stream: Hello, then Offer or Resume, then the rest. */
final class ClaimStream implements StreamObserver<ClaimRequest> {
  private enum Stage {
    GREETING,
    OPENING,
    OPEN
  }

  private static final int MAX_TEXT = 4000;

  private final String startd;
  private final Line<ClaimResponse> line;
  private final Consumer<ClaimNews> news;
  private final AtomicBoolean over = new AtomicBoolean();
  private Stage stage = Stage.GREETING;

  ClaimStream(String startd, Line<ClaimResponse> line, Consumer<ClaimNews> news) {
    this.startd = startd;
    this.line = line;
    this.news = news;
  }

  @Override
  public void onNext(ClaimRequest request) {
    line.heard();
    try {
      take(request);
    } catch (StatusRuntimeException e) {
      refuse(e.getStatus());
    } catch (ClassAdSyntaxException | IllegalArgumentException e) {
      refuse(Status.INVALID_ARGUMENT.withDescription(e.getMessage()));
    } catch (IllegalStateException e) {
      refuse(Status.UNAVAILABLE.withDescription(e.getMessage()));
    }
  }

  private void take(ClaimRequest request) throws ClassAdSyntaxException {
    switch (request.getMessageCase()) {
      case HELLO -> {
        expect(Stage.GREETING);
        Hellos.check(request.getHello());
        line.send(ClaimResponse.newBuilder().setHello(Hellos.mine()).build());
        stage = Stage.OPENING;
      }
      case OFFER -> {
        expect(Stage.OPENING);
        stage = Stage.OPEN;
        var offer = request.getOffer();
        news.accept(
            new ClaimNews.Offered(
                line,
                Secret.of(offer.getTicket().toByteArray()),
                own(offer.getSlot()),
                AdCodec.fromProto(offer.getMachineAd())));
      }
      case RESUME -> {
        expect(Stage.OPENING);
        stage = Stage.OPEN;
        var resume = request.getResume();
        news.accept(
            new ClaimNews.Resumed(
                line,
                Secret.of(resume.getClaimSecret().toByteArray()),
                own(resume.getSlot()),
                resume.hasRun() ? Optional.of(run(resume.getRun())) : Optional.empty(),
                AdCodec.fromProto(resume.getMachineAd())));
      }
      case HEARTBEAT -> acknowledge(request.getHeartbeat().getNumber());
      case ACTIVATED, ACTIVATION_REFUSED, RUN_GONE, RELEASED -> {
        expect(Stage.OPEN);
        news.accept(open(request));
      }
      case MESSAGE_NOT_SET -> throw new IllegalArgumentException("an empty or unknown message");
    }
  }

  private void acknowledge(long heartbeat) {
    line.send(
        ClaimResponse.newBuilder()
            .setHeartbeatAck(HeartbeatAck.newBuilder().setNumber(heartbeat))
            .build());
  }

  private ClaimNews open(ClaimRequest request) {
    return switch (request.getMessageCase()) {
      case ACTIVATED -> new ClaimNews.Activated(line, run(request.getActivated().getRun()));
      case ACTIVATION_REFUSED ->
          new ClaimNews.ActivationRefused(
              line,
              run(request.getActivationRefused().getRun()),
              text(request.getActivationRefused().getReason()),
              request.getActivationRefused().getMachineFault());
      case RUN_GONE ->
          new ClaimNews.RunGone(
              line,
              run(request.getRunGone().getRun()),
              new Departure(
                  text(request.getRunGone().getCode()), text(request.getRunGone().getReason())),
              request.getRunGone().getClaimEnds());
      case RELEASED -> new ClaimNews.Released(line, text(request.getReleased().getReason()));
      case HELLO, OFFER, RESUME, HEARTBEAT, MESSAGE_NOT_SET ->
          throw new IllegalArgumentException("not within an open claim");
    };
  }

  private void expect(Stage expected) {
    if (stage != expected) {
      throw new IllegalArgumentException("not expected while " + stage);
    }
  }

  /** A startd speaks for its own slots only. */
  private String own(String slot) {
    if (!slot.endsWith("@" + startd) || slot.length() > 500) {
      throw new IllegalArgumentException("slot " + slot + " is none of " + startd);
    }
    return slot;
  }

  private static RunRef run(RunId id) {
    return RunRef.fromProto(id)
        .orElseThrow(() -> new IllegalArgumentException("a run without a name"));
  }

  private static String text(String text) {
    return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
  }

  private void refuse(Status status) {
    line.end(status);
    broken();
  }

  @Override
  public void onError(Throwable cause) {
    broken();
  }

  @Override
  public void onCompleted() {
    line.end();
    broken();
  }

  void broken() {
    if (over.compareAndSet(false, true)) {
      news.accept(new ClaimNews.Broken(line));
    }
  }
}
