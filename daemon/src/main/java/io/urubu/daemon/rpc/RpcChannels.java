package io.urubu.daemon.rpc;

import io.grpc.ManagedChannel;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLException;

/** Makes gRPC channels to members of the pool. */
public final class RpcChannels {
  private static final ExecutorService CALLBACKS = Executors.newVirtualThreadPerTaskExecutor();

  private RpcChannels() {}

  /**
   * A channel that connects when it is first used. It serves one dial: when its stream breaks,
   * close it ({@code shutdownNow}) and dial again, so that no hidden reconnecting goes to an
   * address that has moved.
   *
   * @param hostPort {@code host:port}
   * @throws IllegalArgumentException when that is no address
   */
  public static ManagedChannel dial(String hostPort, IdentitySource identity, PeerCheck expected) {
    int colon = hostPort.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("not host:port: '" + hostPort + "'");
    }
    InetSocketAddress address =
        new InetSocketAddress(
            hostPort.substring(0, colon), Integer.parseInt(hostPort.substring(colon + 1)));
    return NettyChannelBuilder.forAddress(address)
        .sslContext(clientTls(identity, expected))
        .executor(CALLBACKS)
        .maxInboundMessageSize(RpcServer.MAX_MESSAGE_BYTES)
        .build();
  }

  private static SslContext clientTls(IdentitySource identity, PeerCheck expected) {
    try {
      return GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK)
          .keyManager(new PoolKeyStore(identity))
          .trustManager(new PoolTrustStore(identity.current().trust(), expected))
          .protocols("TLSv1.3")
          .build();
    } catch (SSLException e) {
      throw new IllegalStateException("this Java runtime cannot do TLS 1.3", e);
    }
  }
}
