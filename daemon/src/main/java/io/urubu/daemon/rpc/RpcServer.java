package io.urubu.daemon.rpc;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.util.TransmitStatusRuntimeExceptionInterceptor;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A gRPC server that talks to members of its pool only. Calls run on virtual threads. */
public final class RpcServer implements AutoCloseable {
  /** No message on any stream is larger: 16 MiB. */
  public static final int MAX_MESSAGE_BYTES = 16 << 20;

  private static final int MAX_CALLS_PER_CONNECTION = 10_000;

  private final Server server;
  private final ExecutorService executor;

  private RpcServer(Server server, ExecutorService executor) {
    this.server = server;
    this.executor = executor;
  }

  /**
   * Serves from now on.
   *
   * @param port 0 takes any free one
   * @throws IOException when the address cannot be had
   */
  public static RpcServer start(
      String bindAddress, int port, IdentitySource identity, List<BindableService> services)
      throws IOException {
    SslContext tls =
        GrpcSslContexts.configure(
                SslContextBuilder.forServer(new PoolKeyStore(identity)), SslProvider.JDK)
            .trustManager(new PoolTrustStore(identity.current().trust(), (_, _) -> false))
            .clientAuth(ClientAuth.REQUIRE)
            .protocols("TLSv1.3")
            .build();
    ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(bindAddress, port))
            .sslContext(tls)
            .executor(executor)
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            .maxConcurrentCallsPerConnection(MAX_CALLS_PER_CONNECTION)
            .intercept(TransmitStatusRuntimeExceptionInterceptor.instance())
            .intercept(CallPeer.interceptor(identity.current().trust()));
    services.forEach(builder::addService);
    try {
      return new RpcServer(builder.build().start(), executor);
    } catch (IOException | RuntimeException e) {
      executor.shutdown();
      throw e;
    }
  }

  public int port() {
    return server.getPort();
  }

  /** Ends every call and stops listening. */
  @Override
  public void close() {
    server.shutdownNow();
    try {
      server.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    executor.shutdown();
  }
}
