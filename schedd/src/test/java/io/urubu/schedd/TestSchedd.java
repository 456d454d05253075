package io.urubu.schedd;

import io.grpc.ManagedChannel;
import io.urubu.classad.ClassAd;
import io.urubu.command.CommandConnection;
import io.urubu.command.CommandServer;
import io.urubu.command.Frame;
import io.urubu.command.PoolException;
import io.urubu.config.Config;
import io.urubu.config.ConfigSources;
import io.urubu.daemon.process.Daemon;
import io.urubu.daemon.process.DaemonContext;
import io.urubu.daemon.rpc.IdentitySource;
import io.urubu.daemon.rpc.PeerCheck;
import io.urubu.daemon.rpc.RpcChannels;
import io.urubu.identity.Identity;
import io.urubu.identity.PoolAuthority;
import io.urubu.identity.Role;
import io.urubu.identity.Subject;
import io.urubu.sql.personal.PostgresSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A schedd with a pool of fakes around it; it can be closed and started again. */
final class TestSchedd implements AutoCloseable {
  static final String NAME = "schedd@host";
  static final String USER = System.getProperty("user.name") + "@example.org";

  private final SecureRandom random = new SecureRandom();
  private final PoolAuthority authority =
      PoolAuthority.create(InstantSource.system().instant(), random);
  private final Path folder;
  private final PostgresSettings database;
  private final Identity identity;
  final FakeMatchmaker matchmaker;
  final LinkedBlockingQueue<String> fatal = new LinkedBlockingQueue<>();
  private volatile Duration ahead = Duration.ZERO;
  private @Nullable Daemon daemon;
  private @Nullable CommandServer commands;

  TestSchedd(Path folder, PostgresSettings database) throws Exception {
    this.folder = folder;
    this.database = database;
    this.identity =
        authority.issue(
            Subject.daemon(Role.SCHEDD, NAME), InstantSource.system().instant(), random);
    this.matchmaker = new FakeMatchmaker(daemonIdentity(Role.MATCHMAKER, "matchmaker@host"));
    Files.writeString(folder.resolve("identity.pem"), identity.toPem());
    // What starts as a shadow here ends at once: the tests are the shadows.
    Files.createFile(Files.createDirectories(folder.resolve("lib")).resolve("urubu-shadow-0.jar"));
    start();
  }

  private IdentitySource daemonIdentity(Role role, String name) {
    return new IdentitySource(
        authority.issue(Subject.daemon(role, name), InstantSource.system().instant(), random));
  }

  /** The schedd's clock goes that much ahead of the true one. */
  void isLater(Duration time) {
    ahead = time;
  }

  void start() throws Exception {
    Daemon started = ScheddDaemon.start(context());
    daemon = started;
    commands = CommandServer.listen(socket(), connection -> serve(started, connection), _ -> {});
  }

  /** Another process of the same name; the caller closes it. */
  Daemon startAnother() throws Exception {
    return ScheddDaemon.start(context());
  }

  private Path socket() {
    return folder.resolve("command.sock");
  }

  private DaemonContext context() throws Exception {
    Path configFile =
        Files.writeString(
            folder.resolve("urubu.conf"),
            """
            STATE = %1$s/state
            RUN = %1$s/run
            LOG = %1$s
            LIB = %1$s/lib
            JAVA = /bin/true
            UID_DOMAIN = example.org
            HEARTBEAT_INTERVAL = 1 s
            IDENTITY_FILE = %1$s/identity.pem
            COLLECTOR_HOST = %2$s
            DATABASE_ADDRESS_FILE = %3$s
            DATABASE_PASSWORD_FILE = %4$s
            DATABASE_NAME = %5$s
            DATABASE_USER = %6$s
            """
                .formatted(
                    folder,
                    matchmaker.address(),
                    database.run().resolve("address"),
                    database.passwordFile(),
                    database.database(),
                    database.role()));
    return new DaemonContext(
        "schedd",
        Config.load(ConfigSources.builder().main(configFile).build()),
        Files.createDirectories(folder.resolve("run/schedd")),
        Map.of("config", configFile.toString()),
        Map.of(),
        InputStream.nullInputStream(),
        () -> InstantSource.system().instant().plus(ahead),
        System::nanoTime,
        fatal::add,
        () -> {});
  }

  private static void serve(Daemon daemon, CommandConnection connection) throws IOException {
    Frame request = connection.receive().orElseThrow();
    try {
      daemon.serve(connection, connection.peer(), request);
    } catch (PoolException e) {
      connection.send(Frame.Kind.FAILED, e.toAd());
    }
  }

  /** Asks as the command line does; the items, then the end. */
  List<ClassAd> ask(ClassAd request) throws IOException, PoolException {
    List<ClassAd> answers = new ArrayList<>();
    try (CommandConnection connection = CommandConnection.connect(socket())) {
      answers.add(connection.call(request, answers::add));
    }
    return answers;
  }

  int submit(String requestId, int jobs, String log) throws IOException, PoolException {
    ClassAd request =
        ClassAd.builder()
            .put("Command", "Submit")
            .put("RequestId", requestId)
            .put(
                "ClusterAd",
                ClassAd.builder()
                    .put("Cmd", "/bin/true")
                    .put("Iwd", "/tmp")
                    .put("UserLog", log)
                    .put("RequestCpus", 1)
                    .put("Requirements", true)
                    .build())
            .put("ProcTemplate", ClassAd.builder().put("Out", "\"out.$(Process)\"").build())
            .put("Count", jobs)
            .build();
    return (int) ask(request).getFirst().integer("ClusterId").orElseThrow();
  }

  List<ClassAd> query(boolean history, String id) throws IOException, PoolException {
    List<ClassAd> ads =
        ask(
            ClassAd.builder()
                .put("Command", "Query")
                .put("Ids", List.of(id))
                .put("History", history)
                .build());
    return ads.subList(0, ads.size() - 1);
  }

  long status(String id) throws IOException, PoolException {
    List<ClassAd> ads = query(false, id);
    return ads.isEmpty() ? 0 : ads.getFirst().integer("JobStatus").orElseThrow();
  }

  ClassAd daemonStatus() {
    if (daemon == null) {
      throw new IllegalStateException("the schedd does not run");
    }
    return daemon.status();
  }

  FakeStartd startd(String name) throws IOException {
    return new FakeStartd(dial(daemonIdentity(Role.STARTD, name)));
  }

  FakeShadow shadow(
      String address, Map<String, StringBuilder> logs, List<io.urubu.protocol.wire.v1.RunId> open)
      throws IOException {
    Identity shadow =
        identity.issue(
            new Subject(Role.SHADOW, NAME, USER),
            InstantSource.system().instant(),
            Duration.ofHours(1),
            random);
    return new FakeShadow(dial(new IdentitySource(shadow)), address, logs).attach(USER, open);
  }

  private ManagedChannel dial(IdentitySource who) throws IOException {
    return RpcChannels.dial(
        Files.readString(folder.resolve("run/schedd/address")).strip(),
        who,
        PeerCheck.daemon(Role.SCHEDD, NAME));
  }

  byte[] ticket() {
    byte[] ticket = new byte[32];
    random.nextBytes(ticket);
    return ticket;
  }

  void stop() throws IOException {
    if (commands != null) {
      commands.close();
    }
    if (daemon != null) {
      daemon.close();
    }
  }

  @Override
  public void close() throws IOException {
    stop();
    matchmaker.close();
  }
}
