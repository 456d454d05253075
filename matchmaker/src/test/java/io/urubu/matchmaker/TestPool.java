package io.urubu.matchmaker;

import io.grpc.ManagedChannel;
import io.urubu.classad.ClassAd;
import io.urubu.command.CommandConnection;
import io.urubu.command.CommandServer;
import io.urubu.command.PoolException;
import io.urubu.config.Config;
import io.urubu.config.ConfigSources;
import io.urubu.daemon.process.Daemon;
import io.urubu.daemon.process.DaemonContext;
import io.urubu.daemon.rpc.IdentitySource;
import io.urubu.daemon.rpc.PeerCheck;
import io.urubu.daemon.rpc.RpcChannels;
import io.urubu.identity.PoolAuthority;
import io.urubu.identity.Role;
import io.urubu.identity.Subject;
import io.urubu.sql.personal.PostgresSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A matchmaker with its own authority, and the means to talk to it. */
final class TestPool implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final Path folder;
  private final PoolAuthority authority;
  private final Daemon daemon;

  private TestPool(Path folder, PoolAuthority authority, Daemon daemon) {
    this.folder = folder;
    this.authority = authority;
    this.daemon = daemon;
  }

  static TestPool start(Path folder, PostgresSettings database) throws Exception {
    PoolAuthority authority =
        PoolAuthority.create(InstantSource.system().instant(), new SecureRandom());
    Daemon daemon = MatchmakerDaemon.start(context(folder, authority, database));
    return new TestPool(folder, authority, daemon);
  }

  private static DaemonContext context(
      Path folder, PoolAuthority authority, PostgresSettings database) throws Exception {
    return new DaemonContext(
        "matchmaker",
        Config.load(ConfigSources.builder().main(configFile(folder, authority, database)).build()),
        Files.createDirectories(folder.resolve("matchmaker")),
        Map.of(),
        Map.of(),
        InputStream.nullInputStream(),
        InstantSource.system(),
        System::nanoTime,
        reason -> {
          throw new AssertionError(reason);
        },
        () -> {});
  }

  private static Path configFile(Path folder, PoolAuthority authority, PostgresSettings database)
      throws IOException {
    Path identity = folder.resolve("identity.pem");
    Subject matchmaker = Subject.daemon(Role.MATCHMAKER, "matchmaker@host");
    Files.writeString(
        identity,
        authority.issue(matchmaker, InstantSource.system().instant(), new SecureRandom()).toPem());
    return Files.writeString(
        folder.resolve("urubu.conf"),
        """
        STATE = %1$s/state
        RUN = %1$s
        IDENTITY_FILE = %2$s
        DATABASE_ADDRESS_FILE = %3$s
        DATABASE_PASSWORD_FILE = %4$s
        DATABASE_NAME = %5$s
        DATABASE_USER = %6$s
        """
            .formatted(
                folder,
                identity,
                database.run().resolve("address"),
                database.passwordFile(),
                database.database(),
                database.role()));
  }

  ManagedChannel dial(Role role, String name) {
    try {
      return RpcChannels.dial(
          Files.readString(folder.resolve("matchmaker/address")).strip(),
          new IdentitySource(
              authority.issue(
                  Subject.daemon(role, name),
                  InstantSource.system().instant(),
                  new SecureRandom())),
          PeerCheck.role(Role.MATCHMAKER));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ClassAd status() {
    return daemon.status();
  }

  /** Asks as the command line does. */
  boolean isCounted(String user) throws IOException, PoolException {
    Path socket = folder.resolve("command.sock");
    AtomicBoolean isCounted = new AtomicBoolean();
    try (CommandServer _ = CommandServer.listen(socket, this::serveOne, _ -> {});
        CommandConnection connection = CommandConnection.connect(socket)) {
      connection.call(
          ClassAd.builder().put("Command", "UserPriorities").build(),
          ad -> {
            if (ad.string("Name").orElseThrow().equals(user)) {
              isCounted.set(true);
            }
          });
    }
    return isCounted.get();
  }

  private void serveOne(CommandConnection connection) throws IOException {
    try {
      daemon.serve(connection, connection.peer(), connection.receive().orElseThrow());
    } catch (PoolException e) {
      throw new IOException(e);
    }
  }

  /** Asks until it is so. */
  static void await(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    CountDownLatch never = new CountDownLatch(1);
    while (!condition.call()) {
      if (System.nanoTime() - end > 0 || never.await(20, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("it did not become so");
      }
    }
  }

  @Override
  public void close() {
    daemon.close();
  }
}
