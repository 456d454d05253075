package io.urubu.startd.pool;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import io.urubu.classad.ClassAd;
import io.urubu.daemon.rpc.CallPeer;
import io.urubu.daemon.rpc.Hellos;
import io.urubu.identity.Role;
import io.urubu.identity.Secret;
import io.urubu.protocol.AdCodec;
import io.urubu.protocol.claim.v1.Activate;
import io.urubu.protocol.claim.v1.CheckpointRun;
import io.urubu.protocol.claim.v1.ClaimRequest;
import io.urubu.protocol.claim.v1.ClaimResponse;
import io.urubu.protocol.claim.v1.ClaimServiceGrpc.ClaimServiceImplBase;
import io.urubu.protocol.claim.v1.ContinueRun;
import io.urubu.protocol.claim.v1.Deactivate;
import io.urubu.protocol.claim.v1.Granted;
import io.urubu.protocol.claim.v1.Refused;
import io.urubu.protocol.claim.v1.Release;
import io.urubu.protocol.claim.v1.RunGoneAck;
import io.urubu.protocol.claim.v1.SuspendRun;
import io.urubu.protocol.id.RunRef;
import io.urubu.protocol.wire.v1.HeartbeatAck;
import io.urubu.protocol.wire.v1.ShadowEndpoint;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A schedd with one claim at a time, that says what it is told to and remembers what it heard. */
public final class FakeSchedd extends ClaimServiceImplBase {
  static final String USER = "alice@test";

  private final Secret secret = Secret.random(new SecureRandom());
  private final List<ClaimRequest> heard = new CopyOnWriteArrayList<>();
  volatile int leaseSeconds = 60;
  volatile boolean refusing;
  volatile boolean acknowledging = true;
  volatile boolean answering = true;
  private volatile @Nullable StreamObserver<ClaimResponse> stream;

  @Override
  public StreamObserver<ClaimRequest> claim(StreamObserver<ClaimResponse> calls) {
    CallPeer.require(Role.STARTD);
    StreamObserver<ClaimResponse> responses = oneByOne(calls);
    stream = responses;
    return new StreamObserver<>() {
      @Override
      public void onNext(ClaimRequest message) {
        received(message, responses);
      }

      @Override
      public void onError(Throwable cause) {}

      @Override
      public void onCompleted() {
        responses.onCompleted();
      }
    };
  }

  /** The test's thread and the server's both send. */
  private static StreamObserver<ClaimResponse> oneByOne(StreamObserver<ClaimResponse> calls) {
    return new StreamObserver<>() {
      @Override
      public synchronized void onNext(ClaimResponse message) {
        calls.onNext(message);
      }

      @Override
      public synchronized void onError(Throwable cause) {
        calls.onError(cause);
      }

      @Override
      public synchronized void onCompleted() {
        calls.onCompleted();
      }
    };
  }

  private void received(ClaimRequest message, StreamObserver<ClaimResponse> responses) {
    if (!message.hasHeartbeat()) {
      heard.add(message);
    }
    ClaimResponse.Builder answer = ClaimResponse.newBuilder();
    switch (message.getMessageCase()) {
      case HELLO -> responses.onNext(answer.setHello(Hellos.mine()).build());
      case OFFER, RESUME -> responses.onNext(verdict(answer).build());
      case HEARTBEAT -> {
        if (answering) {
          long number = message.getHeartbeat().getNumber();
          responses.onNext(
              answer.setHeartbeatAck(HeartbeatAck.newBuilder().setNumber(number)).build());
        }
      }
      case RUN_GONE -> {
        if (acknowledging) {
          responses.onNext(
              answer
                  .setRunGoneAck(RunGoneAck.newBuilder().setRun(message.getRunGone().getRun()))
                  .build());
        }
      }
      case ACTIVATED, ACTIVATION_REFUSED, RELEASED -> {}
      case MESSAGE_NOT_SET -> throw new AssertionError("an empty message");
    }
  }

  private ClaimResponse.Builder verdict(ClaimResponse.Builder answer) {
    return refusing
        ? answer.setRefused(Refused.newBuilder().setReason("not known"))
        : answer.setGranted(
            Granted.newBuilder()
                .setClaimSecret(ByteString.copyFrom(secret.bytes()))
                .setUser(USER)
                .setLeaseSeconds(leaseSeconds));
  }

  private void send(ClaimResponse.Builder message) {
    StreamObserver<ClaimResponse> open = stream;
    if (open == null) {
      throw new AssertionError("no startd claims");
    }
    open.onNext(message.build());
  }

  void activate(RunRef run, ClassAd job) {
    send(
        ClaimResponse.newBuilder()
            .setActivate(
                Activate.newBuilder()
                    .setRun(run.toProto())
                    .setJobAd(AdCodec.toProto(job))
                    .setShadow(
                        ShadowEndpoint.newBuilder()
                            .setAddress("127.0.0.1:1")
                            .setCertificateSha256(ByteString.copyFrom(new byte[32])))
                    .setRunTicket(ByteString.copyFrom(new byte[32]))));
  }

  void deactivate(RunRef run, boolean graceful) {
    send(
        ClaimResponse.newBuilder()
            .setDeactivate(
                Deactivate.newBuilder()
                    .setRun(run.toProto())
                    .setGraceful(graceful)
                    .setReason("the test wants it")));
  }

  void suspend(RunRef run) {
    send(
        ClaimResponse.newBuilder()
            .setSuspendRun(
                SuspendRun.newBuilder().setRun(run.toProto()).setReason("the user wants it")));
  }

  void resume(RunRef run) {
    send(ClaimResponse.newBuilder().setContinueRun(ContinueRun.newBuilder().setRun(run.toProto())));
  }

  void checkpoint(RunRef run) {
    send(
        ClaimResponse.newBuilder()
            .setCheckpointRun(CheckpointRun.newBuilder().setRun(run.toProto())));
  }

  void release() {
    send(ClaimResponse.newBuilder().setRelease(Release.newBuilder().setReason("no more jobs")));
  }

  boolean hasSecret(ByteString bytes) {
    return secret.equals(Secret.of(bytes.toByteArray()));
  }

  long count(Predicate<ClaimRequest> wanted) {
    return heard.stream().filter(wanted).count();
  }

  /** The last message of that kind; waits for it. */
  ClaimRequest await(String what, Predicate<ClaimRequest> wanted) throws Exception {
    return await(() -> what, wanted);
  }

  ClaimRequest await(Supplier<String> what, Predicate<ClaimRequest> wanted) throws Exception {
    Await.until(() -> what.get() + " in " + kinds(), () -> heard.stream().anyMatch(wanted));
    return heard.stream().filter(wanted).reduce((_, later) -> later).orElseThrow();
  }

  private List<ClaimRequest.MessageCase> kinds() {
    return heard.stream().map(ClaimRequest::getMessageCase).toList();
  }

  void forget() {
    heard.clear();
  }
}
