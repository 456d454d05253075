package io.urubu.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Listens on a Unix socket and gives each connection to the handler, on a virtual thread of its
 * own. The socket's file may be opened by every account of the host: who may do what is decided per
 * request, by {@link CommandConnection#peer()}.
 */
public final class CommandServer implements AutoCloseable {

  /** Serves one connection until it returns; the connection is closed then. */
  @FunctionalInterface
  public interface Handler {
    void serve(CommandConnection connection) throws IOException;
  }

  /** Told of connections that ended with an error, which is for the daemon's log. */
  @FunctionalInterface
  public interface Trouble {
    void report(Exception cause);
  }

  private final Path socket;
  private final ServerSocketChannel server;
  private final Handler handler;
  private final Trouble trouble;
  private final Set<CommandConnection> open = ConcurrentHashMap.newKeySet();

  private CommandServer(Path socket, ServerSocketChannel server, Handler handler, Trouble trouble) {
    this.socket = socket;
    this.server = server;
    this.handler = handler;
    this.trouble = trouble;
  }

  /** Listens from now on. A socket file that an earlier process left is replaced. */
  public static CommandServer listen(Path socket, Handler handler, Trouble trouble)
      throws IOException {
    Files.deleteIfExists(socket);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(socket));
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
    CommandServer commandServer = new CommandServer(socket, server, handler, trouble);
    Thread.ofVirtual().name("command-socket").start(commandServer::acceptAll);
    return commandServer;
  }

  private void acceptAll() {
    while (server.isOpen()) {
      try {
        SocketChannel channel = server.accept();
        Thread.ofVirtual().name("command").start(() -> serve(new CommandConnection(channel)));
      } catch (ClosedChannelException _) {
        return;
      } catch (IOException e) {
        trouble.report(e);
      }
    }
  }

  private void serve(CommandConnection connection) {
    open.add(connection);
    try (connection) {
      handler.serve(connection);
    } catch (ClosedChannelException _) {
      // The server was closed, or the other side has gone: both are its right.
    } catch (IOException | UncheckedIOException e) {
      trouble.report(e);
    } finally {
      open.remove(connection);
    }
  }

  /** Stops listening, closes every connection and removes the socket's file. */
  @Override
  public void close() throws IOException {
    server.close();
    for (CommandConnection connection : open) {
      connection.close();
    }
    Files.deleteIfExists(socket);
  }
}
