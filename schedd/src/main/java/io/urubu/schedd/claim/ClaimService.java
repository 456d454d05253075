package io.urubu.schedd.claim;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.urubu.daemon.rpc.CallPeer;
import io.urubu.identity.Role;
import io.urubu.identity.Subject;
import io.urubu.protocol.claim.v1.ClaimRequest;
import io.urubu.protocol.claim.v1.ClaimResponse;
import io.urubu.protocol.claim.v1.ClaimServiceGrpc;
import io.urubu.schedd.line.Line;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Takes the streams of startds, checks what comes, and hands it on. */
public final class ClaimService extends ClaimServiceGrpc.ClaimServiceImplBase {
  private final Consumer<ClaimNews> news;
  private final LongSupplier ticker;

  public ClaimService(Consumer<ClaimNews> news, LongSupplier ticker) {
    this.news = news;
    this.ticker = ticker;
  }

  @Override
  public StreamObserver<ClaimRequest> claim(StreamObserver<ClaimResponse> responses) {
    Subject startd = CallPeer.require(Role.STARTD);
    var observer = (ServerCallStreamObserver<ClaimResponse>) responses;
    ClaimStream stream = new ClaimStream(startd.name(), new Line<>(observer, ticker), news);
    observer.setOnCancelHandler(stream::broken);
    return stream;
  }
}
