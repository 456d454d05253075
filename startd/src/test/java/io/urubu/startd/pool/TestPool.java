package io.urubu.startd.pool;

import io.urubu.classad.ClassAd;
import io.urubu.command.CommandConnection;
import io.urubu.daemon.rpc.IdentitySource;
import io.urubu.daemon.rpc.RpcServer;
import io.urubu.identity.PoolAuthority;
import io.urubu.identity.Role;
import io.urubu.identity.Secret;
import io.urubu.identity.Subject;
import io.urubu.protocol.id.JobId;
import io.urubu.protocol.id.RunRef;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** One startd process with a pool around it, below a folder that is removed at the end. */
final class TestPool implements AutoCloseable {
  static final String SCHEDD = "schedd@test";
  static final String SLOT = "slot1@ws1@test";

  final Path root;
  final FakeMatchmaker matchmaker = new FakeMatchmaker();
  final FakeSchedd schedd = new FakeSchedd();
  private final SecureRandom random = new SecureRandom();
  private final PoolAuthority authority = PoolAuthority.create(Instant.now(), random);
  private final RpcServer matchmakerServer;
  private RpcServer scheddServer;
  private Process startd;

  TestPool(String... settings) throws Exception {
    root = Files.createTempDirectory(Path.of("/tmp"), "urubu-startd-");
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    matchmakerServer = serve(Role.MATCHMAKER, "matchmaker@test", 0);
    scheddServer = serve(Role.SCHEDD, SCHEDD, 0);
    matchmaker.scheddAddress = scheddAddress();
    makeLib();
    Files.createDirectories(root.resolve("run/matchmaker"));
    Files.writeString(
        root.resolve("run/matchmaker/address"), "127.0.0.1:" + matchmakerServer.port() + "\n");
    Files.writeString(
        root.resolve("ws1.pem"),
        authority.issue(Subject.daemon(Role.STARTD, "ws1@test"), Instant.now(), random).toPem());
    writeConfig(settings);
    startd = spawn();
  }

  private RpcServer serve(Role role, String name, int port) throws IOException {
    IdentitySource identity =
        new IdentitySource(authority.issue(Subject.daemon(role, name), Instant.now(), random));
    return RpcServer.start(
        "127.0.0.1", port, identity, List.of(role == Role.SCHEDD ? schedd : matchmaker));
  }

  private String scheddAddress() {
    return "127.0.0.1:" + scheddServer.port();
  }

  private void writeConfig(String... settings) throws IOException {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "STATE = " + root.resolve("state"),
                "RUN = " + root.resolve("run"),
                "LOG = " + root.resolve("log"),
                "EXECUTE = " + root.resolve("execute"),
                "IDENTITY_FILE = " + root.resolve("ws1.pem"),
                "LIB = " + root.resolve("lib"),
                "JAVA = " + Path.of(System.getProperty("java.home"), "bin", "java"),
                "STARTD_NAME = ws1@test",
                "UID_DOMAIN = test",
                "NUM_CPUS = 2",
                "MEMORY = 2048",
                "HEARTBEAT_INTERVAL = 200 ms",
                "MACHINE_MAX_VACATE_TIME = 1 s",
                "LENT_UIDS = 70100-70199"));
    lines.addAll(List.of(settings));
    Files.createDirectories(root.resolve("log"));
    Files.write(root.resolve("urubu.conf"), lines);
  }

  /** The program of the fake starter, where lent accounts can read it. */
  private void makeLib() throws Exception {
    Path lib = Files.createDirectory(root.resolve("lib"));
    List<String> entries = new ArrayList<>();
    int n = 0;
    for (String entry :
        List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))) {
      Path source = Path.of(entry);
      if (entry.contains("classad")
          || entry.contains("command")
          || entry.contains("jspecify")
          || entry.endsWith("test-classes")) {
        Path copy = lib.resolve("entry" + n++ + (Files.isDirectory(source) ? "" : ".jar"));
        copy(source, copy);
        entries.add(
            Files.isDirectory(source) ? copy.getFileName() + "/" : copy.getFileName().toString());
      }
    }
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeStarter.class.getName());
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, String.join(" ", entries));
    try (OutputStream file = Files.newOutputStream(lib.resolve("urubu-starter-0.jar"));
        JarOutputStream jar = new JarOutputStream(file, manifest)) {
      jar.finish();
    }
  }

  private static void copy(Path source, Path target) throws IOException {
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Path copy = target.resolve(source.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, source.equals(file) ? target : copy);
        }
      }
    }
  }

  private Process spawn() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx64m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            "io.urubu.startd.StartdMain",
            "--config",
            root.resolve("urubu.conf").toString(),
            "--local-name",
            "ws1");
    builder.redirectErrorStream(true);
    builder.redirectOutput(
        ProcessBuilder.Redirect.appendTo(root.resolve("log/startd.out").toFile()));
    return builder.start();
  }

  Process startd() {
    return startd;
  }

  Path execute() {
    return root.resolve("execute");
  }

  void killStartd() {
    startd.destroyForcibly();
    awaitEnd(startd);
  }

  private static void awaitEnd(Process process) {
    process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }

  void restartStartd() throws Exception {
    startd = spawn();
  }

  /** SIGTERM, and the wait for the end. */
  boolean stopStartd() throws Exception {
    startd.destroy();
    return startd.waitFor(40, TimeUnit.SECONDS);
  }

  void stopSchedd() {
    scheddServer.close();
  }

  /** Comes back elsewhere. */
  void restartSchedd() throws IOException {
    scheddServer = serve(Role.SCHEDD, SCHEDD, 0);
    matchmaker.scheddAddress = scheddAddress();
  }

  void awaitState(String slot, String state, String activity) throws Exception {
    Await.until(
        () -> slot + " is " + state + "/" + activity + "\n" + log(),
        () -> {
          ClassAd ad = matchmaker.adBySlot.get(slot);
          return ad != null
              && ad.string("State").orElse("").equals(state)
              && ad.string("Activity").orElse("").equals(activity);
        });
  }

  /** A claim on the first slot. */
  void claim() throws Exception {
    awaitState(SLOT, "Unclaimed", "Idle");
    matchmaker.match(SLOT, Secret.random(random), SCHEDD, scheddAddress(), FakeSchedd.USER);
    awaitState(SLOT, "Claimed", "Idle");
  }

  RunRef run(int number) {
    return new RunRef(SCHEDD, new JobId(7, 0), number);
  }

  /** A run on the first slot that behaves like that. */
  RunRef activate(int number, String behaviour) {
    RunRef run = run(number);
    schedd.activate(
        run, ClassAd.builder().put("Behaviour", behaviour).put("Requirements", true).build());
    return run;
  }

  /** A run that the starter has. */
  RunRef runs(int number, String behaviour) throws Exception {
    RunRef run = activate(number, behaviour);
    schedd.await(
        () -> "activation of " + run + "\n" + log(),
        message -> message.hasActivated() && message.getActivated().getRun().equals(run.toProto()));
    return run;
  }

  List<ClassAd> status() throws Exception {
    List<ClassAd> items = new ArrayList<>();
    ask(ClassAd.builder().put("Command", "Status").build(), items);
    return items;
  }

  private ClassAd ask(ClassAd request, List<ClassAd> items) throws Exception {
    try (CommandConnection connection =
        CommandConnection.connect(root.resolve("run/ws1/command.sock"))) {
      return connection.call(request, items::add);
    }
  }

  /** The simulated owner comes or goes; answers with the slots as they are then. */
  List<ClassAd> owner(boolean active) throws Exception {
    List<ClassAd> items = new ArrayList<>();
    ask(ClassAd.builder().put("Command", "Owner").put("Active", active).build(), items);
    return items;
  }

  ClassAd ownerStatus() throws Exception {
    return ask(ClassAd.builder().put("Command", "OwnerStatus").build(), new ArrayList<>());
  }

  /** Of the first slot, as {@code Claimed/Busy}. */
  String state() throws Exception {
    ClassAd slot = status().getFirst();
    return slot.string("State").orElse("") + "/" + slot.string("Activity").orElse("");
  }

  /** What the first starter was told about the end of runs. */
  List<String> ended() throws IOException {
    return Files.readAllLines(starterFolders().getFirst().resolve("heard")).stream()
        .filter(word -> word.startsWith("End"))
        .toList();
  }

  void stopMatchmaker() {
    matchmakerServer.close();
  }

  /** Processes that starters of this pool left or are. */
  List<ProcessHandle> starterProcesses() throws IOException {
    List<ProcessHandle> found = new ArrayList<>();
    for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
      try {
        String environment = Files.readString(Path.of("/proc/" + process.pid() + "/environ"));
        if (environment.contains("URUBU_STARTER_FOLDER=" + execute())) {
          found.add(process);
        }
      } catch (IOException _) {
        // It has ended.
      }
    }
    return found;
  }

  List<Path> starterFolders() throws IOException {
    try (Stream<Path> folders = Files.list(execute())) {
      return folders.filter(folder -> folder.getFileName().toString().startsWith("s")).toList();
    }
  }

  String log() {
    try {
      return Files.readString(root.resolve("log/ws1.log"))
          + Files.readString(root.resolve("log/startd.out"));
    } catch (IOException e) {
      return "no log: " + e;
    }
  }

  @Override
  public void close() throws IOException {
    killStartd();
    scheddServer.close();
    matchmakerServer.close();
    starterProcesses().forEach(ProcessHandle::destroyForcibly);
    awaitEnd(new ProcessBuilder("rm", "-rf", root.toString()).start());
    removeLeases();
  }

  /** A startd that was killed at the end of a test gave back nothing. */
  private void removeLeases() throws IOException {
    Path register = Path.of("/run/urubu-accounts");
    if (!Files.isReadable(register)) {
      return;
    }
    try (Stream<Path> leases = Files.list(register)) {
      for (Path lease : leases.toList()) {
        if (Files.readString(lease).contains(root.toString())) {
          Files.delete(lease);
        }
      }
    }
    try {
      Files.delete(register);
    } catch (DirectoryNotEmptyException _) {
      // Another pool of this host lends accounts.
    }
  }
}
