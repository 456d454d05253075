package io.urubu.starter.shadowlink;

import io.grpc.ManagedChannel;
import io.urubu.daemon.rpc.IdentitySource;
import io.urubu.daemon.rpc.PeerCheck;
import io.urubu.daemon.rpc.RpcChannels;
import java.util.HashMap;
import java.util.Map;

/** The connections to the user's shadow: one for all runs that it serves. Any thread may ask. */
public final class ShadowChannels implements AutoCloseable {
  private final IdentitySource identity;
  private final String user;

  /** Guarded by itself. */
  private final Map<Endpoint, Shared> sharedByEndpoint = new HashMap<>();

  public ShadowChannels(IdentitySource identity, String user) {
    this.identity = identity;
    this.user = user;
  }

  private static final class Shared {
    private final ManagedChannel channel;
    private int users;

    Shared(ManagedChannel channel) {
      this.channel = channel;
    }
  }

  ManagedChannel acquire(Endpoint endpoint) {
    synchronized (sharedByEndpoint) {
      Shared shared =
          sharedByEndpoint.computeIfAbsent(
              endpoint,
              to ->
                  new Shared(
                      RpcChannels.dial(
                          to.address(), identity, PeerCheck.shadow(user, to.sha256()))));
      shared.users++;
      return shared.channel;
    }
  }

  void release(Endpoint endpoint, ManagedChannel channel) {
    synchronized (sharedByEndpoint) {
      Shared shared = sharedByEndpoint.get(endpoint);
      if (shared == null || shared.channel != channel) {
        return;
      }
      shared.users--;
      if (shared.users == 0) {
        sharedByEndpoint.remove(endpoint);
        channel.shutdown();
      }
    }
  }

  /** The connection is of no more use to any run: the next dial makes a new one. */
  void discard(Endpoint endpoint, ManagedChannel channel) {
    synchronized (sharedByEndpoint) {
      Shared shared = sharedByEndpoint.get(endpoint);
      if (shared != null && shared.channel == channel) {
        sharedByEndpoint.remove(endpoint);
      }
    }
    channel.shutdownNow();
  }

  /** Makes every run connect anew, with the certificate that the process has now. */
  public void reconnect() {
    close();
  }

  @Override
  public void close() {
    synchronized (sharedByEndpoint) {
      sharedByEndpoint.values().forEach(shared -> shared.channel.shutdownNow());
      sharedByEndpoint.clear();
    }
  }
}
