package io.urubu.starter.live;

import io.urubu.classad.ClassAd;
import io.urubu.command.CommandConnection;
import io.urubu.command.Frame;
import io.urubu.identity.Identity;
import io.urubu.identity.PoolAuthority;
import io.urubu.identity.Role;
import io.urubu.identity.Secret;
import io.urubu.identity.Subject;
import io.urubu.starter.Await;
import io.urubu.starter.StarterMain;
import io.urubu.starter.imagefolder.Images;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A real starter process with a startd that the test plays. */
final class LiveStarter implements AutoCloseable {
  static final String USER = "alice@example.org";

  private final SecureRandom random = new SecureRandom();
  private final Instant now = Instant.now();
  private final PoolAuthority authority = PoolAuthority.create(now, random);
  private final Identity schedd =
      authority.issue(Subject.daemon(Role.SCHEDD, "schedd@h"), now, random);
  private final Identity startd =
      authority.issue(Subject.daemon(Role.STARTD, "ws1@h"), now, random);
  private final Path home;
  final Path folder;
  final List<ClassAd> events = new CopyOnWriteArrayList<>();
  private final List<FakeShadow> shadows = new ArrayList<>();
  private final CopyOnWriteArrayList<Frame> answers = new CopyOnWriteArrayList<>();
  private List<String> before = List.of();
  private List<String> after = List.of();
  private int number = 1;
  private @Nullable Process process;
  private @Nullable CommandConnection connection;

  LiveStarter(Path home) throws IOException {
    this.home = home;
    this.folder =
        Files.createDirectories(
            home.resolve("execute/s1"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.writeString(
        home.resolve("urubu.conf"),
        """
        STATE = %1$s/state
        RUN = %1$s/run
        LOG = %1$s/log
        SPOOL = %1$s/spool
        EXECUTE = %1$s/execute
        HEARTBEAT_INTERVAL = 1
        MACHINE_MAX_VACATE_TIME = 3
        STARTER_LINGER = 30
        CHECKPOINT_TIMEOUT = 4
        """
            .formatted(home));
  }

  FakeShadow shadow() throws IOException {
    FakeShadow shadow =
        new FakeShadow(
            schedd.issue(
                new Subject(Role.SHADOW, "schedd@h", USER), now, Duration.ofHours(1), random));
    shadows.add(shadow);
    return shadow;
  }

  /** With a mount for images, as the startd makes it for root. */
  LiveStarter withImages() throws IOException {
    Path mount = Files.createDirectories(folder.resolve(Images.MOUNT));
    before =
        List.of(
            "unshare",
            "--mount",
            "--propagation",
            "private",
            "bash",
            "-c",
            "exec 9<>/dev/fuse && mount -i -t fuse"
                + " -o fd=9,rootmode=40000,user_id=0,group_id=0,nosuid,nodev urubu \"$0\""
                + " && exec \"$@\"",
            mount.toString());
    after = List.of("--images-fd", "9");
    return this;
  }

  LiveStarter start() throws Exception {
    return start(Duration.ofHours(1));
  }

  LiveStarter start(Duration validity) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command());
    builder.environment().put("LC_ALL", "C");
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("starter.log").toFile()));
    Process started = builder.start();
    process = started;
    Identity identity =
        startd.issue(new Subject(Role.STARTER, "ws1@h", USER), now, validity, random);
    try (OutputStream stdin = started.getOutputStream()) {
      stdin.write(identity.toPem().getBytes(StandardCharsets.US_ASCII));
    }
    Await.until(() -> Files.exists(folder.resolve("starter.sock")) || !started.isAlive());
    connect();
    return this;
  }

  private List<String> command() {
    List<String> command = new ArrayList<>(before);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            StarterMain.class.getName(),
            "--config",
            home.resolve("urubu.conf").toString(),
            "--local-name",
            "ws1",
            "--user",
            USER,
            "--folder",
            folder.toString(),
            "--run-folder",
            folder.toString(),
            "--log",
            "-"));
    command.addAll(after);
    return command;
  }

  Process process() {
    return java.util.Objects.requireNonNull(process);
  }

  void connect() throws Exception {
    Await.until(
        () -> {
          try {
            connection = CommandConnection.connect(folder.resolve("starter.sock"));
            return true;
          } catch (IOException _) {
            if (!process().isAlive()) {
              throw new AssertionError(log());
            }
            return false;
          }
        });
    CommandConnection open = java.util.Objects.requireNonNull(connection);
    Thread.ofVirtual().start(() -> read(open));
  }

  private void read(CommandConnection open) {
    try {
      for (Optional<Frame> frame = open.receive(); frame.isPresent(); frame = open.receive()) {
        if (frame.get().kind() == Frame.Kind.EVENT) {
          events.add(frame.get().ad());
        } else {
          answers.add(frame.get());
        }
      }
    } catch (IOException _) {
      // The test closed it, or killed the starter.
    }
  }

  void disconnect() throws IOException {
    java.util.Objects.requireNonNull(connection).close();
  }

  /** Sends a request and waits for its answer. */
  Frame ask(ClassAd request) throws Exception {
    answers.clear();
    java.util.Objects.requireNonNull(connection).send(Frame.Kind.REQUEST, request);
    Await.until(() -> answers.stream().anyMatch(frame -> frame.kind() != Frame.Kind.ITEM));
    return answers.getFirst();
  }

  /** What follows is about another run. */
  void nextRun() {
    number++;
    events.clear();
  }

  String shortRun() {
    return "41.3#" + number;
  }

  private String longRun() {
    return "schedd@h#" + shortRun();
  }

  Frame run(FakeShadow shadow, String jobAd) throws Exception {
    ClassAd ad =
        ClassAd.parse(
            "[Cmd = \"/home/alice/job.sh\"; Out = \"out\"; Err = \"err\"; " + jobAd + "]");
    return ask(
        ClassAd.builder()
            .put("Command", "Run")
            .put("Run", longRun())
            .put("JobAd", ad)
            .put("ShadowAddress", shadow.address())
            .put("ShadowSha256", shadow.sha256())
            .put("RunTicket", Secret.random(random).toHex())
            .put("Slot", 1)
            .put("SlotName", "slot1@ws1@h")
            .put("Cpus", 2)
            .put("Memory", 100)
            .build());
  }

  ClassAd command(String command) {
    return ClassAd.builder().put("Command", command).put("Run", longRun()).build();
  }

  /** Ends the run and waits for the answer. */
  void end(boolean graceful, String code) throws Exception {
    ask(
        command("End").toBuilder()
            .put("Graceful", graceful)
            .put("Reason", "the test wants it")
            .put("Code", code)
            .build());
  }

  Path scratch() {
    return runFolder().resolve("scratch");
  }

  Path runFolder() {
    return folder.resolve("dir_41.3." + number);
  }

  Optional<ClassAd> event(String name) {
    return events.stream()
        .filter(ad -> ad.string("Event").orElse("").equals(name))
        .filter(ad -> ad.string("Run").orElse(longRun()).equals(longRun()))
        .findFirst();
  }

  void awaitGone() throws Exception {
    awaitEvent("RunGone");
    if (Files.exists(runFolder())) {
      throw new AssertionError("the run's folder is left");
    }
  }

  void awaitEvent(String name) throws Exception {
    try {
      Await.until(() -> event(name).isPresent());
    } catch (AssertionError e) {
      throw new AssertionError(log(), e);
    }
  }

  String log() throws IOException {
    return Files.readString(home.resolve("starter.log"));
  }

  Identity startdIdentity() {
    return startd;
  }

  /** Processes of jobs that run under this starter's folder. */
  List<String> processes() {
    return ProcessHandle.allProcesses()
        .map(handle -> handle.info().commandLine().orElse(""))
        .filter(line -> line.contains(folder.toString()) && line.contains("bwrap"))
        .toList();
  }

  @Override
  public void close() throws IOException {
    if (process != null) {
      process.destroy();
      awaitEnd(process);
    }
    if (connection != null) {
      connection.close();
    }
    shadows.forEach(FakeShadow::close);
  }

  private static void awaitEnd(Process process) {
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
