package io.urubu.schedd.shadows;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.urubu.daemon.rpc.CallPeer;
import io.urubu.identity.Role;
import io.urubu.identity.Subject;
import io.urubu.protocol.shadow.v1.AttachRequest;
import io.urubu.protocol.shadow.v1.AttachResponse;
import io.urubu.protocol.shadow.v1.ShadowServiceGrpc;
import io.urubu.schedd.line.Line;
import java.security.PublicKey;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Takes the streams of this schedd's shadows, checks what comes, and hands it on. */
public final class ShadowService extends ShadowServiceGrpc.ShadowServiceImplBase {
  private final Consumer<ShadowNews> news;
  private final ShadowIdentities identities;
  private final LongSupplier ticker;

  public ShadowService(
      Consumer<ShadowNews> news, ShadowIdentities identities, LongSupplier ticker) {
    this.news = news;
    this.identities = identities;
    this.ticker = ticker;
  }

  @Override
  public StreamObserver<AttachRequest> attach(StreamObserver<AttachResponse> responses) {
    Subject shadow = CallPeer.require(Role.SHADOW);
    if (!shadow.name().equals(identities.scheddName())) {
      throw Status.PERMISSION_DENIED
          .withDescription("a shadow of " + shadow.name() + ", not of " + identities.scheddName())
          .asRuntimeException();
    }
    PublicKey key = CallPeer.publicKey();
    var observer = (ServerCallStreamObserver<AttachResponse>) responses;
    ShadowStream stream =
        new ShadowStream(
            shadow.user(),
            new Line<>(observer, ticker),
            news,
            () -> identities.renew(key, shadow.user()));
    observer.setOnCancelHandler(stream::broken);
    return stream;
  }
}
