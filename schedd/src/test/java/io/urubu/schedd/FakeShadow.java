package io.urubu.schedd;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import io.urubu.classad.ClassAd;
import io.urubu.daemon.rpc.Hellos;
import io.urubu.protocol.AdCodec;
import io.urubu.protocol.shadow.v1.AdmitFailed;
import io.urubu.protocol.shadow.v1.Admitted;
import io.urubu.protocol.shadow.v1.AttachRequest;
import io.urubu.protocol.shadow.v1.AttachResponse;
import io.urubu.protocol.shadow.v1.CheckpointPrepared;
import io.urubu.protocol.shadow.v1.LogWritten;
import io.urubu.protocol.shadow.v1.RunEnded;
import io.urubu.protocol.shadow.v1.RunNews;
import io.urubu.protocol.shadow.v1.Shadow;
import io.urubu.protocol.shadow.v1.ShadowServiceGrpc;
import io.urubu.protocol.wire.v1.Generation;
import io.urubu.protocol.wire.v1.RunId;
import io.urubu.protocol.wire.v1.ShadowEndpoint;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;

/** A shadow whose runs a test drives; it writes event logs into memory by itself. */
final class FakeShadow implements StreamObserver<AttachResponse>, AutoCloseable {
  private final ManagedChannel channel;
  private final StreamObserver<AttachRequest> up;
  private final ShadowEndpoint endpoint;
  private final Map<String, StringBuilder> logs;
  final BlockingQueue<AttachResponse> heard = new LinkedBlockingQueue<>();

  FakeShadow(ManagedChannel channel, String address, Map<String, StringBuilder> logs) {
    this.channel = channel;
    this.logs = logs;
    this.endpoint =
        ShadowEndpoint.newBuilder()
            .setAddress(address)
            .setCertificateSha256(ByteString.copyFrom(new byte[32]))
            .build();
    this.up = ShadowServiceGrpc.newStub(channel).attach(this);
    say(AttachRequest.newBuilder().setHello(Hellos.mine()).build());
  }

  static Map<String, StringBuilder> emptyLogs() {
    return new ConcurrentHashMap<>();
  }

  FakeShadow attach(String user, List<RunId> open) {
    say(
        AttachRequest.newBuilder()
            .setShadow(
                Shadow.newBuilder()
                    .setUser(user)
                    .setEndpoint(endpoint)
                    .setPid(1)
                    .addAllOpenRuns(open))
            .build());
    return this;
  }

  private synchronized void say(AttachRequest request) {
    up.onNext(request);
  }

  void admitted(RunId run) {
    say(
        AttachRequest.newBuilder()
            .setAdmitted(Admitted.newBuilder().setRun(run).setEndpoint(endpoint))
            .build());
  }

  void admitFailed(RunId run, int code, int subcode, String reason) {
    say(
        AttachRequest.newBuilder()
            .setAdmitFailed(
                AdmitFailed.newBuilder()
                    .setRun(run)
                    .setHoldCode(code)
                    .setHoldSubcode(subcode)
                    .setReason(reason))
            .build());
  }

  void executing(RunId run) {
    say(
        AttachRequest.newBuilder()
            .setRunNews(
                RunNews.newBuilder()
                    .setRun(run)
                    .setKind(RunNews.Kind.KIND_EXECUTING)
                    .setAd(AdCodec.toProto(ClassAd.builder().put("Cpus", 1).build())))
            .build());
  }

  void news(RunId run, RunNews.Kind kind, ClassAd ad) {
    say(
        AttachRequest.newBuilder()
            .setRunNews(RunNews.newBuilder().setRun(run).setKind(kind).setAd(AdCodec.toProto(ad)))
            .build());
  }

  void prepared(RunId run, Generation generation, ClassAd ad) {
    say(
        AttachRequest.newBuilder()
            .setCheckpointPrepared(
                CheckpointPrepared.newBuilder()
                    .setRun(run)
                    .setGeneration(generation)
                    .setAd(AdCodec.toProto(ad)))
            .build());
  }

  void ended(RunId run, RunEnded.Outcome outcome, ClassAd ad) {
    say(
        AttachRequest.newBuilder()
            .setRunEnded(
                RunEnded.newBuilder().setRun(run).setOutcome(outcome).setAd(AdCodec.toProto(ad)))
            .build());
  }

  AttachResponse next(String what, Predicate<AttachResponse> kind) throws InterruptedException {
    return Eventually.next(heard, what, kind);
  }

  @Override
  public void onNext(AttachResponse response) {
    if (response.hasAppendLog()) {
      var append = response.getAppendLog();
      StringBuilder log = logs.computeIfAbsent(append.getPath(), _ -> new StringBuilder());
      int from = Math.max(0, (int) append.getExpectedOffset());
      if (log.indexOf(append.getText(), from) < 0) {
        log.append(append.getText());
      }
      say(
          AttachRequest.newBuilder()
              .setLogWritten(
                  LogWritten.newBuilder()
                      .setPath(append.getPath())
                      .setSequence(append.getSequence())
                      .setOffset(log.length()))
              .build());
    } else {
      heard.add(response);
    }
  }

  @Override
  public void onError(Throwable cause) {}

  @Override
  public void onCompleted() {}

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
