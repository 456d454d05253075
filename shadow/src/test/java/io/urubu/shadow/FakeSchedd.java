package io.urubu.shadow;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.daemon.rpc.CallPeer;
import io.urubu.daemon.rpc.Hellos;
import io.urubu.daemon.rpc.RpcServer;
import io.urubu.identity.Role;
import io.urubu.protocol.AdCodec;
import io.urubu.protocol.id.RunRef;
import io.urubu.protocol.shadow.v1.Admit;
import io.urubu.protocol.shadow.v1.AppendLog;
import io.urubu.protocol.shadow.v1.AttachRequest;
import io.urubu.protocol.shadow.v1.AttachResponse;
import io.urubu.protocol.shadow.v1.Attached;
import io.urubu.protocol.shadow.v1.CheckpointRecorded;
import io.urubu.protocol.shadow.v1.CloseRun;
import io.urubu.protocol.shadow.v1.RenewedCertificate;
import io.urubu.protocol.shadow.v1.Retire;
import io.urubu.protocol.shadow.v1.RunEnded;
import io.urubu.protocol.shadow.v1.RunNews;
import io.urubu.protocol.shadow.v1.Settled;
import io.urubu.protocol.shadow.v1.Shadow;
import io.urubu.protocol.shadow.v1.ShadowServiceGrpc;
import io.urubu.protocol.wire.v1.Ad;
import io.urubu.protocol.wire.v1.Generation;
import io.urubu.protocol.wire.v1.HeartbeatAck;
import io.urubu.shadow.runs.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** The schedd's end of the stream, by hand. */
final class FakeSchedd extends ShadowServiceGrpc.ShadowServiceImplBase implements AutoCloseable {
  private final RpcServer server;
  private final Supplier<String> renewal;
  private final int leaseSeconds;
  private final Waiting<AttachRequest> heard = new Waiting<>();
  private final AtomicReference<Optional<StreamObserver<AttachResponse>>> shadow =
      new AtomicReference<>(Optional.empty());
  private volatile boolean answersHeartbeats = true;

  FakeSchedd(TestPool pool, Path addressFile, int leaseSeconds, Supplier<String> renewal)
      throws IOException {
    this.renewal = renewal;
    this.leaseSeconds = leaseSeconds;
    this.server = RpcServer.start("127.0.0.1", 0, pool.schedd(), List.of(this));
    Files.writeString(addressFile, "127.0.0.1:" + server.port() + "\n");
  }

  @Override
  public StreamObserver<AttachRequest> attach(StreamObserver<AttachResponse> responses) {
    CallPeer.require(Role.SHADOW);
    return new StreamObserver<>() {
      @Override
      public void onNext(AttachRequest request) {
        take(request, responses);
      }

      @Override
      public void onError(Throwable cause) {
        shadow.updateAndGet(held -> held.filter(it -> it != responses));
      }

      @Override
      public void onCompleted() {
        responses.onCompleted();
      }
    };
  }

  private void take(AttachRequest request, StreamObserver<AttachResponse> responses) {
    synchronized (responses) {
      switch (request.getMessageCase()) {
        case HELLO -> responses.onNext(AttachResponse.newBuilder().setHello(Hellos.mine()).build());
        case SHADOW -> {
          responses.onNext(
              AttachResponse.newBuilder()
                  .setAttached(Attached.newBuilder().setLeaseSeconds(leaseSeconds))
                  .build());
          shadow.set(Optional.of(responses));
          heard.add(request);
        }
        case HEARTBEAT -> {
          if (answersHeartbeats) {
            responses.onNext(
                AttachResponse.newBuilder()
                    .setHeartbeatAck(
                        HeartbeatAck.newBuilder().setNumber(request.getHeartbeat().getNumber()))
                    .build());
          }
        }
        case RENEW_CERTIFICATE -> {
          responses.onNext(
              AttachResponse.newBuilder()
                  .setRenewedCertificate(RenewedCertificate.newBuilder().setChain(renewal.get()))
                  .build());
          heard.add(request);
        }
        default -> heard.add(request);
      }
    }
  }

  void answersNoHeartbeats() {
    answersHeartbeats = false;
  }

  /** Breaks the stream of the moment. */
  void hangUp() {
    shadow
        .getAndSet(Optional.empty())
        .ifPresent(held -> held.onError(Status.UNAVAILABLE.asRuntimeException()));
  }

  /** False when nobody is attached. */
  boolean send(AttachResponse response) {
    Optional<StreamObserver<AttachResponse>> to = shadow.get();
    if (to.isEmpty()) {
      return false;
    }
    synchronized (to.get()) {
      try {
        to.get().onNext(response);
        return true;
      } catch (RuntimeException _) {
        return false;
      }
    }
  }

  boolean admit(RunRef run, ClassAd jobAd, byte[] ticket, int lease) {
    return admit(run, jobAd, ticket, lease, List.of());
  }

  boolean admit(RunRef run, ClassAd jobAd, byte[] ticket, int lease, List<Generation> generations) {
    return send(
        AttachResponse.newBuilder()
            .setAdmit(
                Admit.newBuilder()
                    .setRun(run.toProto())
                    .setJobAd(AdCodec.toProto(jobAd))
                    .setRunTicketSha256(ByteString.copyFrom(Sha256.hash(ticket).bytes()))
                    .addAllGenerations(generations)
                    .setLeaseSeconds(lease))
            .build());
  }

  void closeRun(RunRef run, String reason) {
    send(
        AttachResponse.newBuilder()
            .setCloseRun(CloseRun.newBuilder().setRun(run.toProto()).setReason(reason))
            .build());
  }

  void settled(RunRef run) {
    settled(run, false);
  }

  void settled(RunRef run, boolean jobEnded) {
    send(
        AttachResponse.newBuilder()
            .setSettled(Settled.newBuilder().setRun(run.toProto()).setJobEnded(jobEnded))
            .build());
  }

  Generation awaitPrepared(RunRef run) throws InterruptedException {
    return heard.take(
        request ->
            request.hasCheckpointPrepared()
                    && request.getCheckpointPrepared().getRun().equals(run.toProto())
                ? Optional.of(request.getCheckpointPrepared().getGeneration())
                : Optional.empty());
  }

  void recorded(RunRef run, int generation, Integer... kept) {
    send(
        AttachResponse.newBuilder()
            .setCheckpointRecorded(
                CheckpointRecorded.newBuilder()
                    .setRun(run.toProto())
                    .setGeneration(generation)
                    .setAccepted(true)
                    .addAllKept(List.of(kept)))
            .build());
  }

  void notRecorded(RunRef run, int generation, String reason) {
    send(
        AttachResponse.newBuilder()
            .setCheckpointRecorded(
                CheckpointRecorded.newBuilder()
                    .setRun(run.toProto())
                    .setGeneration(generation)
                    .setReason(reason))
            .build());
  }

  boolean append(Path path, long sequence, long offset, String text) {
    return send(
        AttachResponse.newBuilder()
            .setAppendLog(
                AppendLog.newBuilder()
                    .setPath(path.toString())
                    .setSequence(sequence)
                    .setExpectedOffset(offset)
                    .setText(text))
            .build());
  }

  void retire() {
    send(AttachResponse.newBuilder().setRetire(Retire.getDefaultInstance()).build());
  }

  Waiting<AttachRequest> heard() {
    return heard;
  }

  Shadow awaitShadow() throws InterruptedException {
    return heard.take(
        request -> request.hasShadow() ? Optional.of(request.getShadow()) : Optional.empty());
  }

  void awaitAdmitted(RunRef run) throws InterruptedException {
    heard.take(
        request ->
            request.hasAdmitted() && request.getAdmitted().getRun().equals(run.toProto())
                ? Optional.of(request)
                : Optional.empty());
  }

  RunEnded awaitEnded(RunRef run) throws InterruptedException {
    return heard.take(
        request ->
            request.hasRunEnded() && request.getRunEnded().getRun().equals(run.toProto())
                ? Optional.of(request.getRunEnded())
                : Optional.empty());
  }

  /** The news' ad. */
  ClassAd awaitNews(RunRef run, RunNews.Kind kind) throws InterruptedException {
    Ad ad =
        heard.take(
            request ->
                request.hasRunNews()
                        && request.getRunNews().getRun().equals(run.toProto())
                        && request.getRunNews().getKind() == kind
                    ? Optional.of(request.getRunNews().getAd())
                    : Optional.empty());
    try {
      return AdCodec.fromProto(ad);
    } catch (ClassAdSyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
