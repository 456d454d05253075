package io.urubu.sql.personal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A PostgreSQL server for one pool, from programs that come with Urubu. It listens on 127.0.0.1
 * only, asks for a password, and outlives the process that starts it. Not for use by several
 * threads or processes at a time: the pool's own lock sees to that.
 */
public final class PersonalPostgres {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration STOP_LIMIT = Duration.ofMinutes(1);
  private static final Duration ORPHAN_LIMIT = Duration.ofSeconds(10);
  private static final int PORT_ATTEMPTS = 5;
  private static final int LAST_WORDS = 4000;
  private static final long MAX_LOG_BYTES = 20L << 20;

  private final PostgresSettings settings;
  private final ServerProcess process;

  public PersonalPostgres(PostgresSettings settings) {
    this.settings = settings;
    this.process = new ServerProcess(settings.data());
  }

  /** True when the server lives and lets connections in. */
  public boolean isRunning() throws IOException {
    return process.isReady();
  }

  /** The server's first process, when it lives. */
  public Optional<ProcessHandle> postmaster() throws IOException {
    return process.postmaster();
  }

  /**
   * Makes the files when there are none, and starts the server when it does not run. When this
   * returns the server lets connections in and its address stands in its file.
   *
   * @throws PostgresFailedException when it did not start; the message ends with the server's log
   */
  public void start() throws IOException {
    ServerAccount account = ServerAccount.of(settings.account());
    Binaries binaries = Binaries.in(settings.binaries());
    DatabaseCluster cluster = new DatabaseCluster(settings, binaries, account);
    prepareRunFolder(account);
    cluster.makeIfMissing();
    process.clearOrphans(ORPHAN_LIMIT);
    if (process.postmaster().isEmpty()) {
      rotateLog();
      removeStaleSockets();
      startOnSomePort(binaries, cluster, account);
    } else if (!process.isReady()) {
      awaitReady();
    }
    publish();
  }

  private void prepareRunFolder(ServerAccount account) throws IOException {
    if (!Files.isDirectory(settings.run())) {
      Files.createDirectories(settings.run());
      Files.setPosixFilePermissions(settings.run(), PosixFilePermissions.fromString("rwxr-xr-x"));
      account.own(settings.run());
    }
    Path logFolder = settings.log().toAbsolutePath().getParent();
    if (logFolder != null) {
      Files.createDirectories(logFolder);
    }
  }

  /** Their lock files name a dead process, whose number may be taken again. */
  private void removeStaleSockets() throws IOException {
    try (var sockets = Files.newDirectoryStream(settings.run(), ".s.PGSQL.*")) {
      for (Path socket : sockets) {
        Files.deleteIfExists(socket);
      }
    }
  }

  /** The last port first: connections that are being made anew find it again. */
  private void startOnSomePort(Binaries binaries, DatabaseCluster cluster, ServerAccount account)
      throws IOException {
    for (int attempt = 1; ; attempt++) {
      int port = attempt == 1 ? freePort(lastPort()) : freePort(0);
      cluster.configure(port);
      long logged = Files.exists(settings.log()) ? Files.size(settings.log()) : 0;
      int status = control(binaries, account, START_LIMIT, "start");
      if (status == 0) {
        write(settings.lastPortFile(), port + "\n");
        return;
      }
      boolean portTaken = wordsSince(logged).contains("Address already in use");
      if (!portTaken || attempt == PORT_ATTEMPTS) {
        throw new PostgresFailedException(
            "PostgreSQL did not start (status " + status + "): " + wordsSince(logged));
      }
    }
  }

  private int lastPort() throws IOException {
    Path file = settings.lastPortFile();
    String text = Files.exists(file) ? Files.readString(file).strip() : "";
    return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
  }

  /** The wanted port when it is free, else any. */
  private static int freePort(int wanted) throws IOException {
    try (ServerSocket socket = new ServerSocket(wanted, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    } catch (IOException | IllegalArgumentException e) {
      if (wanted == 0) {
        throw e;
      }
      return freePort(0);
    }
  }

  /** Another start is under way, or recovery after a crash. */
  private void awaitReady() throws IOException {
    ProcessHandle postmaster = process.postmaster().orElseThrow();
    long left = START_LIMIT.toMillis() / 100;
    while (!process.isReady() && left-- > 0 && postmaster.isAlive()) {
      ServerProcess.await(postmaster, Duration.ofMillis(100));
    }
    if (!process.isReady()) {
      throw new PostgresFailedException("PostgreSQL runs but lets nobody in: " + lastWords());
    }
  }

  /**
   * Runs pg_ctl. The server inherits its output, so the log file needs to be writable by us only.
   */
  private int control(Binaries binaries, ServerAccount account, Duration limit, String verb)
      throws IOException {
    List<String> command =
        List.of(
            binaries.program("pg_ctl").toString(),
            verb,
            "-D",
            settings.data().toAbsolutePath().toString(),
            "-w",
            "-s",
            "-t",
            String.valueOf(limit.toSeconds()),
            "-m",
            "fast");
    ProcessBuilder builder =
        account.program(settings.data(), verb.equals("start") ? command.subList(0, 8) : command);
    return ServerAccount.finishLogged(builder, settings.log(), limit.plusSeconds(10));
  }

  /** Writes address and pid file, unless they are right already. */
  private void publish() throws IOException {
    ProcessHandle postmaster =
        process
            .postmaster()
            .orElseThrow(
                () -> new PostgresFailedException("PostgreSQL ended at once: " + lastWords()));
    int port =
        process.port().orElseThrow(() -> new PostgresFailedException("PostgreSQL names no port"));
    write(settings.pidFile(), postmaster.pid() + "\n");
    write(settings.addressFile(), "127.0.0.1:" + port + "\n");
  }

  private static void write(Path file, String text) throws IOException {
    if (Files.exists(file) && Files.readString(file).equals(text)) {
      return;
    }
    Path unfinished = file.resolveSibling("." + file.getFileName() + ".unfinished");
    Files.deleteIfExists(unfinished);
    Files.writeString(unfinished, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rw-r--r--"));
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Stops the server in an orderly way; does nothing when it does not run. */
  public void stop() throws IOException {
    Optional<ProcessHandle> postmaster = process.postmaster();
    if (postmaster.isPresent()) {
      ServerAccount account = ServerAccount.of(settings.account());
      int status = control(Binaries.in(settings.binaries()), account, STOP_LIMIT, "stop");
      if (status != 0 && postmaster.get().isAlive()) {
        throw new PostgresFailedException("PostgreSQL did not stop: " + lastWords());
      }
    }
    Files.deleteIfExists(settings.addressFile());
    Files.deleteIfExists(settings.pidFile());
  }

  private void rotateLog() throws IOException {
    Path log = settings.log();
    if (Files.exists(log) && Files.size(log) > MAX_LOG_BYTES) {
      Files.move(
          log, log.resolveSibling(log.getFileName() + ".old"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private String lastWords() {
    return wordsSince(0);
  }

  /** The end of the log, but nothing before the position. */
  private String wordsSince(long position) {
    try (RandomAccessFile file = new RandomAccessFile(settings.log().toFile(), "r")) {
      long from = Math.max(position, file.length() - LAST_WORDS);
      file.seek(from);
      byte[] tail = new byte[(int) Math.max(0, file.length() - from)];
      file.readFully(tail);
      return new String(tail, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "its log " + settings.log() + " cannot be read: " + e.getMessage();
    }
  }
}
