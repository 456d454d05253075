package io.urubu.schedd.shadows;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.daemon.rpc.Hellos;
import io.urubu.protocol.AdCodec;
import io.urubu.protocol.id.RunRef;
import io.urubu.protocol.shadow.v1.AttachRequest;
import io.urubu.protocol.shadow.v1.AttachResponse;
import io.urubu.protocol.shadow.v1.CheckpointPrepared;
import io.urubu.protocol.shadow.v1.RenewedCertificate;
import io.urubu.protocol.shadow.v1.RunEnded;
import io.urubu.protocol.shadow.v1.RunNews;
import io.urubu.protocol.wire.v1.HeartbeatAck;
import io.urubu.protocol.wire.v1.RunId;
import io.urubu.schedd.line.Line;
import io.urubu.schedd.queue.Generation;
import io.urubu.schedd.queue.HoldReason;
import io.urubu.schedd.queue.RunOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What comes on one shadow's stream: Hello, then Shadow, then the rest. */
final class ShadowStream implements StreamObserver<AttachRequest> {
  private enum Stage {
    GREETING,
    OPENING,
    OPEN
  }

  private static final int MAX_TEXT = 4000;

  private final String user;
  private final Line<AttachResponse> line;
  private final Consumer<ShadowNews> news;
  private final Supplier<String> renewal;
  private final AtomicBoolean over = new AtomicBoolean();
  private Stage stage = Stage.GREETING;

  ShadowStream(
      String user, Line<AttachResponse> line, Consumer<ShadowNews> news, Supplier<String> renewal) {
    this.user = user;
    this.line = line;
    this.news = news;
    this.renewal = renewal;
  }

  @Override
  public void onNext(AttachRequest request) {
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

  private void take(AttachRequest request) throws ClassAdSyntaxException {
    switch (request.getMessageCase()) {
      case HELLO -> {
        expect(Stage.GREETING);
        Hellos.check(request.getHello());
        line.send(AttachResponse.newBuilder().setHello(Hellos.mine()).build());
        stage = Stage.OPENING;
      }
      case SHADOW -> {
        expect(Stage.OPENING);
        stage = Stage.OPEN;
        attached(request);
      }
      case HEARTBEAT ->
          line.send(
              AttachResponse.newBuilder()
                  .setHeartbeatAck(
                      HeartbeatAck.newBuilder().setNumber(request.getHeartbeat().getNumber()))
                  .build());
      case RENEW_CERTIFICATE -> {
        expect(Stage.OPEN);
        line.send(
            AttachResponse.newBuilder()
                .setRenewedCertificate(RenewedCertificate.newBuilder().setChain(renewal.get()))
                .build());
      }
      case ADMITTED,
          ADMIT_FAILED,
          RUN_NEWS,
          RUN_ENDED,
          LOG_WRITTEN,
          LOG_FAILED,
          CHECKPOINT_PREPARED -> {
        expect(Stage.OPEN);
        news.accept(open(request));
      }
      case MESSAGE_NOT_SET -> throw new IllegalArgumentException("an empty or unknown message");
    }
  }

  private void attached(AttachRequest request) {
    var shadow = request.getShadow();
    if (!shadow.getUser().equals(user)) {
      throw Status.PERMISSION_DENIED
          .withDescription("the shadow of " + user + " speaks for " + shadow.getUser())
          .asRuntimeException();
    }
    List<RunRef> runs = new ArrayList<>();
    shadow.getOpenRunsList().forEach(id -> runs.add(run(id)));
    news.accept(
        new ShadowNews.Attached(
            line, user, shadow.getEndpoint(), shadow.getPid(), List.copyOf(runs)));
  }

  private ShadowNews open(AttachRequest request) throws ClassAdSyntaxException {
    return switch (request.getMessageCase()) {
      case ADMITTED ->
          new ShadowNews.Admitted(
              line, run(request.getAdmitted().getRun()), request.getAdmitted().getEndpoint());
      case ADMIT_FAILED -> {
        var failed = request.getAdmitFailed();
        yield new ShadowNews.AdmitFailed(
            line,
            run(failed.getRun()),
            new HoldReason(
                failed.getHoldCode(), failed.getHoldSubcode(), text(failed.getReason())));
      }
      case RUN_NEWS -> news(request.getRunNews());
      case RUN_ENDED -> ended(request.getRunEnded());
      case CHECKPOINT_PREPARED -> prepared(request.getCheckpointPrepared());
      case LOG_WRITTEN -> {
        var written = request.getLogWritten();
        yield new ShadowNews.LogWritten(
            line, written.getPath(), written.getSequence(), written.getOffset());
      }
      case LOG_FAILED -> {
        var failed = request.getLogFailed();
        yield new ShadowNews.LogFailed(
            line, failed.getPath(), failed.getSequence(), text(failed.getReason()));
      }
      case HELLO, SHADOW, HEARTBEAT, RENEW_CERTIFICATE, MESSAGE_NOT_SET ->
          throw new IllegalArgumentException("not within an open stream");
    };
  }

  private ShadowNews news(RunNews message) throws ClassAdSyntaxException {
    RunRef run = run(message.getRun());
    ClassAd ad = AdCodec.fromProto(message.getAd());
    return switch (message.getKind()) {
      case KIND_EXECUTING -> new ShadowNews.Executing(line, run, ad);
      case KIND_DISCONNECTED ->
          new ShadowNews.Disconnected(
              line,
              run,
              text(ad.string("Reason").orElse("Socket between submit and execute hosts closed")));
      case KIND_RECONNECTED -> new ShadowNews.Reconnected(line, run);
      case KIND_SUSPENDED -> new ShadowNews.Suspended(line, run, ad);
      case KIND_CONTINUED -> new ShadowNews.Continued(line, run);
      case KIND_CHECKPOINT_FAILED ->
          new ShadowNews.CheckpointFailed(
              line, run, text(ad.string("Reason").orElse("no reason was given")));
      case KIND_USAGE -> new ShadowNews.Usage(line, run, ad);
      case KIND_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("unknown news of a run");
    };
  }

  private ShadowNews prepared(CheckpointPrepared message) throws ClassAdSyntaxException {
    RunRef run = run(message.getRun());
    var generation = message.getGeneration();
    return new ShadowNews.CheckpointPrepared(
        line,
        run,
        new Generation(
            generation.getNumber(),
            run.number(),
            text(generation.getBackend()),
            text(generation.getPlatform()),
            generation.getBytes(),
            Instant.ofEpochSecond(generation.getCutAt()),
            HexFormat.of().formatHex(generation.getRecipeSha256().toByteArray())),
        AdCodec.fromProto(message.getAd()));
  }

  private ShadowNews ended(RunEnded message) throws ClassAdSyntaxException {
    ClassAd ad = AdCodec.fromProto(message.getAd());
    return new ShadowNews.Ended(line, run(message.getRun()), outcome(message, ad), ad);
  }

  private static RunOutcome outcome(RunEnded message, ClassAd ad) {
    String reason = text(ad.string("Reason").orElse(""));
    return switch (message.getOutcome()) {
      case OUTCOME_EXITED -> new RunOutcome.Exited();
      case OUTCOME_CLOSED -> new RunOutcome.Closed(reason, ad.bool("Checkpointed").orElse(false));
      case OUTCOME_MACHINE_FAILED -> machineFailed(reason, ad);
      case OUTCOME_LOST -> new RunOutcome.Lost(reason.isEmpty() ? "Job lease expired" : reason);
      case OUTCOME_USER_FAILED ->
          new RunOutcome.UserFailed(
              new HoldReason(
                  (int) ad.integer("HoldReasonCode").orElse(0),
                  (int) ad.integer("HoldReasonSubCode").orElse(0),
                  text(ad.string("HoldReason").orElse("Unspecified"))));
      case OUTCOME_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("unknown end of a run");
    };
  }

  private static RunOutcome machineFailed(String reason, ClassAd ad) {
    long generation = ad.integer("FailedGeneration").orElse(0);
    return generation > 0 && generation <= Integer.MAX_VALUE
        ? new RunOutcome.RestartFailed((int) generation, ad.bool("Damaged").orElse(false), reason)
        : new RunOutcome.MachineFailed(reason);
  }

  private void expect(Stage expected) {
    if (stage != expected) {
      throw new IllegalArgumentException("not expected while " + stage);
    }
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
      news.accept(new ShadowNews.Broken(line));
    }
  }
}
