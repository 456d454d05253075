package io.urubu.schedd;

import io.urubu.daemon.rpc.RpcServer;
import java.util.concurrent.atomic.AtomicReference;

/** The schedd's gRPC server, and where it is reached. */
final class ScheddServer implements AutoCloseable {
  private final RpcServer server;
  private final String address;

  /**
   * Takes a server that runs.
   *
   * @param host by which others reach it
   * @param published is told the address
   */
  ScheddServer(RpcServer server, String host, AtomicReference<String> published) {
    this.server = server;
    this.address = host + ":" + server.port();
    published.set(address);
  }

  String address() {
    return address;
  }

  @Override
  public void close() {
    server.close();
  }
}
