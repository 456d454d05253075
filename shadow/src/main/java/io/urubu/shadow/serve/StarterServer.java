package io.urubu.shadow.serve;

import io.urubu.daemon.rpc.IdentitySource;
import io.urubu.daemon.rpc.RpcServer;
import io.urubu.shadow.desk.RunDesk;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** Listens for the starters of one user, within the ports that the pool allows. */
public final class StarterServer implements AutoCloseable {
  private final RpcServer server;
  private final StarterService service;
  private final String host;

  /**
   * Where to listen.
   *
   * @param lowPort 0: any free port
   */
  public record Place(String bindAddress, int lowPort, int highPort) {}

  private StarterServer(RpcServer server, StarterService service, String host) {
    this.server = server;
    this.service = service;
    this.host = host;
  }

  /** Serves when it returns. */
  public static StarterServer start(
      Place place, IdentitySource identity, String user, RunDesk desk, LongSupplier ticker)
      throws IOException {
    StarterService service = new StarterService(user, desk, ticker);
    String host =
        InetAddress.getByName(place.bindAddress()).isAnyLocalAddress()
            ? InetAddress.getLocalHost().getCanonicalHostName()
            : place.bindAddress();
    return new StarterServer(listen(place, identity, service), service, host);
  }

  private static RpcServer listen(Place place, IdentitySource identity, StarterService service)
      throws IOException {
    IOException last = new BindException("LOWPORT is above HIGHPORT");
    for (int port = place.lowPort(); port <= Math.max(place.highPort(), 0); port++) {
      try {
        return RpcServer.start(place.bindAddress(), port, identity, List.of(service));
      } catch (IOException e) {
        last = e;
      }
      if (port == 0) {
        break;
      }
    }
    throw new BindException(
        "no port of %s between LOWPORT = %d and HIGHPORT = %d is free: %s"
            .formatted(place.bindAddress(), place.lowPort(), place.highPort(), last.getMessage()));
  }

  /** Where starters find it. */
  public String address() {
    return host + ":" + server.port();
  }

  /** Ends the streams of starters of which nothing was heard for so long. */
  public void endSilent(Duration limit) {
    service.endSilent(limit);
  }

  @Override
  public void close() {
    server.close();
  }
}
