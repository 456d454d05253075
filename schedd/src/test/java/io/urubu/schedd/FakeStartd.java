package io.urubu.schedd;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import io.urubu.classad.ClassAd;
import io.urubu.daemon.rpc.Hellos;
import io.urubu.protocol.AdCodec;
import io.urubu.protocol.claim.v1.ClaimRequest;
import io.urubu.protocol.claim.v1.ClaimResponse;
import io.urubu.protocol.claim.v1.ClaimServiceGrpc;
import io.urubu.protocol.claim.v1.Offer;
import io.urubu.protocol.claim.v1.Resume;
import io.urubu.protocol.claim.v1.RunGone;
import io.urubu.protocol.wire.v1.RunId;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;

/** One claim stream of a startd, driven by a test. */
final class FakeStartd implements StreamObserver<ClaimResponse>, AutoCloseable {
  private final ManagedChannel channel;
  private final StreamObserver<ClaimRequest> up;
  final BlockingQueue<ClaimResponse> heard = new LinkedBlockingQueue<>();

  FakeStartd(ManagedChannel channel) {
    this.channel = channel;
    this.up = ClaimServiceGrpc.newStub(channel).claim(this);
    say(ClaimRequest.newBuilder().setHello(Hellos.mine()).build());
  }

  static ClassAd machine(String slot) {
    return ClassAd.builder()
        .put("Name", slot)
        .put("StartdName", slot.substring(slot.indexOf('@') + 1))
        .put("CheckpointPlatform", "x86")
        .put("Cpus", 1)
        .put("Memory", 1000)
        .put("Requirements", true)
        .build();
  }

  void say(ClaimRequest request) {
    up.onNext(request);
  }

  void offer(byte[] ticket, String slot) {
    say(
        ClaimRequest.newBuilder()
            .setOffer(
                Offer.newBuilder()
                    .setTicket(ByteString.copyFrom(ticket))
                    .setSlot(slot)
                    .setMachineAd(AdCodec.toProto(machine(slot))))
            .build());
  }

  void resume(ByteString secret, String slot, Optional<RunId> run) {
    Resume.Builder resume =
        Resume.newBuilder()
            .setClaimSecret(secret)
            .setSlot(slot)
            .setMachineAd(AdCodec.toProto(machine(slot)));
    run.ifPresent(resume::setRun);
    say(ClaimRequest.newBuilder().setResume(resume).build());
  }

  void runGone(RunId run) {
    say(
        ClaimRequest.newBuilder()
            .setRunGone(RunGone.newBuilder().setRun(run).setReason("done"))
            .build());
  }

  /** As one says it that takes the slot back. */
  void runGoneForGood(RunId run) {
    say(
        ClaimRequest.newBuilder()
            .setRunGone(RunGone.newBuilder().setRun(run).setReason("owner").setClaimEnds(true))
            .build());
  }

  ClaimResponse next(String what, Predicate<ClaimResponse> kind) throws InterruptedException {
    return Eventually.next(heard, what, kind);
  }

  @Override
  public void onNext(ClaimResponse response) {
    heard.add(response);
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
