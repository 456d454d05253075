package io.urubu.starter.local;

import io.urubu.classad.ClassAd;
import io.urubu.command.CommandConnection;
import io.urubu.command.CommandServer;
import io.urubu.command.Frame;
import io.urubu.command.PoolError;
import io.urubu.command.PoolException;
import io.urubu.protocol.id.RunRef;
import io.urubu.starter.run.RunNews;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Unix socket {@code starter.sock} in the starter's folder. Root and the starter's own account
 * may use it; each of their connections counts as a startd that watches over the machine.
 */
public final class StarterSocket implements RunNews, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StarterSocket.class);

  /** What the socket's requests do. */
  public interface Orders {
    /** Carries out one request, giving each item of the answer. */
    Iterable<ClassAd> carryOut(ClassAd request) throws PoolException, InterruptedException;

    /** A first startd connected, or the last one is gone. */
    void startdIsThere(boolean isThere);

    /** A startd connected that may have missed what was said before. */
    void repeat();
  }

  private final Path folder;
  private final Set<StartdConnection> connections = ConcurrentHashMap.newKeySet();

  /** Guards the order in which the first connection comes and the last one goes. */
  private final ReentrantLock presence = new ReentrantLock();

  private volatile Optional<CommandServer> server = Optional.empty();

  public StarterSocket(Path folder) {
    this.folder = folder;
  }

  public void listen(Orders orders) throws IOException {
    UserPrincipal own = Files.getOwner(folder);
    UserPrincipal root =
        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("root");
    server =
        Optional.of(
            CommandServer.listen(
                folder.resolve("starter.sock"),
                connection -> {
                  UserPrincipal peer = connection.peer().account();
                  if (peer.equals(own) || peer.equals(root)) {
                    serve(connection, orders);
                  } else {
                    refuse(connection, peer);
                  }
                },
                cause -> log.atDebug().setCause(cause).log("a connection of the startd failed")));
  }

  private static void refuse(CommandConnection connection, UserPrincipal peer) throws IOException {
    connection.send(
        Frame.Kind.FAILED,
        new PoolException(
                PoolError.PERMISSION_DENIED,
                peer.getName() + " is not the account of this machine's startd")
            .toAd());
  }

  private void serve(CommandConnection connection, Orders orders) throws IOException {
    StartdConnection startd = new StartdConnection(connection);
    Thread writer = Thread.ofVirtual().name("to-startd").start(startd::write);
    come(startd, orders);
    try {
      orders.repeat();
      for (Optional<Frame> frame = connection.receive();
          frame.isPresent();
          frame = connection.receive()) {
        answer(startd, orders, frame.get());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      go(startd, orders);
      writer.interrupt();
    }
  }

  private static void answer(StartdConnection startd, Orders orders, Frame frame)
      throws InterruptedException {
    if (frame.kind() != Frame.Kind.REQUEST) {
      return;
    }
    try {
      for (ClassAd item : orders.carryOut(frame.ad())) {
        startd.send(Frame.Kind.ITEM, item);
      }
      startd.send(Frame.Kind.DONE, ClassAd.empty());
    } catch (PoolException e) {
      startd.send(Frame.Kind.FAILED, e.toAd());
    }
  }

  private void come(StartdConnection startd, Orders orders) {
    presence.lock();
    try {
      boolean isFirst = connections.isEmpty();
      connections.add(startd);
      if (isFirst) {
        log.atInfo().log("the startd is here");
        orders.startdIsThere(true);
      }
    } finally {
      presence.unlock();
    }
  }

  private void go(StartdConnection startd, Orders orders) {
    presence.lock();
    try {
      connections.remove(startd);
      if (connections.isEmpty()) {
        log.atInfo().log("the startd is gone");
        orders.startdIsThere(false);
      }
    } finally {
      presence.unlock();
    }
  }

  public boolean hasStartd() {
    return !connections.isEmpty();
  }

  @Override
  public void executing(RunRef run) {
    tell(event("Executing", run).build());
  }

  @Override
  public void suspended(RunRef run, int processes, long millis) {
    tell(event("Suspended", run).put("Processes", processes).put("Millis", millis).build());
  }

  @Override
  public void continued(RunRef run) {
    tell(event("Continued", run).build());
  }

  @Override
  public void leftMemory(RunRef run) {
    tell(event("LeftMemory", run).build());
  }

  @Override
  public void checkpointed(RunRef run, int generation, long bytes, double seconds) {
    tell(
        event("Checkpointed", run)
            .put("Generation", generation)
            .put("Bytes", bytes)
            .put("Seconds", seconds)
            .build());
  }

  private static ClassAd.Builder event(String name, RunRef run) {
    return ClassAd.builder().put("Event", name).put("Run", run.toString());
  }

  @Override
  public void gone(RunRef run, String reason) {
    tell(event("RunGone", run).put("Reason", reason).build());
  }

  /** Sends an event to the startd, if it is there. */
  public void tell(ClassAd event) {
    connections.forEach(startd -> startd.send(Frame.Kind.EVENT, event));
  }

  @Override
  public void close() throws IOException {
    if (server.isPresent()) {
      server.get().close();
    }
  }
}
