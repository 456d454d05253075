package io.urubu.cli.pool;

import io.urubu.cli.session.Places;
import io.urubu.cli.session.Session;
import io.urubu.command.presence.ProcessMark;
import io.urubu.command.presence.RunFolder;
import io.urubu.identity.Role;
import io.urubu.sql.personal.PersonalPostgres;
import io.urubu.sql.personal.PostgresSettings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * All daemons of one person's pool on this host. What runs already is left alone, so starting again
 * mends what died.
 */
public final class PersonalPool {
  private static final int STANDARD_WORKSTATIONS = 2;
  private static final String WORKSTATION = "ws";
  private static final Duration WORKSTATION_STOP_LIMIT = Duration.ofSeconds(80);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  private final Places places;
  private final Host host;
  private final Progress progress;
  private final Map<String, String> environment;

  PersonalPool(Places places, Host host, Progress progress, Map<String, String> environment) {
    this.places = places;
    this.host = host;
    this.progress = progress;
    this.environment = Map.copyOf(environment);
  }

  /** The pool that the command's environment means. */
  static PersonalPool of(Session session) throws IOException {
    return new PersonalPool(
        session.places(), Host.own(), Progress.to(session.err()), session.environment());
  }

  /** A pool with everything below one folder. */
  public static PersonalPool in(Path folder, Progress progress, Map<String, String> environment)
      throws IOException {
    return new PersonalPool(Places.in(folder), Host.own(), progress, environment);
  }

  /**
   * Starts what does not run and waits until everything answers.
   *
   * @param wanted how many workstations; empty keeps the number of the last time
   */
  public void up(OptionalInt wanted) throws IOException {
    new Prerequisites(host.isRoot(), progress).provide();
    host.provideServiceAccount(places.state());
    provideFolders();
    try (FileChannel channel = lockFile();
        FileLock _ = lock(channel)) {
      List<String> workstations = workstations(wanted);
      stopSurplus(workstations);
      PoolRuntime runtime =
          host.isRoot() ? PoolRuntime.own().readableByAll(places.state()) : PoolRuntime.own();
      provideIdentities(workstations);
      new PoolConfiguration(places, host, runtime).write(workstations);
      startDatabase();
      start(members(workstations), new Launcher(places, host, runtime, environment));
    }
  }

  private void start(List<Member> members, Launcher launcher) throws IOException {
    Map<Member, Optional<Process>> started = new LinkedHashMap<>();
    for (Member member : members) {
      started.put(member, launcher.start(member));
    }
    for (Map.Entry<Member, Optional<Process>> entry : started.entrySet()) {
      launcher.awaitReady(entry.getKey(), entry.getValue());
      progress.step(entry.getKey().name() + (entry.getValue().isPresent() ? " started" : " runs"));
    }
  }

  private List<Member> members(List<String> workstations) {
    List<Member> members = new ArrayList<>();
    members.add(Member.matchmaker());
    host.service().ifPresent(account -> members.add(Member.spawner(account)));
    members.add(Member.schedd());
    workstations.forEach(name -> members.add(Member.startd(name)));
    return members;
  }

  private void provideFolders() throws IOException {
    Path state = places.state();
    host.folder(places.config().resolveSibling(".").normalize(), "rwxr-xr-x");
    host.folder(places.config().resolveSibling("conf.d"), "rwxr-xr-x");
    host.folder(state, "rwxr-xr-x");
    host.folder(places.run(), "rwxr-xr-x");
    host.folder(places.log(), "rwxr-xr-x");
    host.folder(state.resolve("identity"), "rwx--x--x");
    host.folder(state.resolve("spool"), "rwx--x--x");
    host.folder(state.resolve("spool/shadow"), "rwx--x--x");
    host.folder(state.resolve("execute"), "rwx--x--x");
    host.folder(state.resolve("postgresql"), "rwxr-xr-x");
    host.serviceFolder(state.resolve("database"), "rwx------");
    host.serviceFolder(state.resolve(Member.MATCHMAKER), "rwx------");
    host.serviceFolder(state.resolve(Member.SCHEDD), "rwx------");
  }

  private void provideIdentities(List<String> workstations) throws IOException {
    PoolIdentities identities = new PoolIdentities(places, host, InstantSource.system());
    String hostName = hostName();
    identities.provide(Role.MATCHMAKER, Member.MATCHMAKER, "matchmaker@" + hostName, true);
    identities.provide(Role.SCHEDD, Member.SCHEDD, "schedd@" + hostName, true);
    for (String name : workstations) {
      identities.provide(Role.STARTD, name, name + "@" + hostName, false);
      host.folder(places.execute(name), "rwx--x--x");
      host.folder(places.state().resolve(name), "rwx------");
    }
  }

  private static String hostName() throws IOException {
    return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
  }

  private PersonalPostgres database() {
    Path folder = places.state().resolve("postgresql");
    return new PersonalPostgres(
        new PostgresSettings(
            folder,
            folder.resolve("data"),
            places.run().resolve("postgresql"),
            places.log().resolve("postgresql").resolve("postgresql.log"),
            places.passwordFile(),
            host.service(),
            "urubu",
            "urubu"));
  }

  private void startDatabase() throws IOException {
    PersonalPostgres database = database();
    boolean running = database.isRunning();
    database.start();
    progress.step(running ? "postgresql runs" : "postgresql started");
  }

  /** Those that were asked for, or as many as there were. */
  private List<String> workstations(OptionalInt wanted) throws IOException {
    int known = knownWorkstations().size();
    int count = wanted.orElse(known == 0 ? STANDARD_WORKSTATIONS : known);
    return IntStream.rangeClosed(1, count).mapToObj(i -> WORKSTATION + i).toList();
  }

  private List<String> knownWorkstations() throws IOException {
    List<String> names = new ArrayList<>();
    Path folder = places.state().resolve("execute");
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> entries =
          Files.newDirectoryStream(folder, WORKSTATION + "[0-9]*")) {
        entries.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
      }
    }
    return names;
  }

  private void stopSurplus(List<String> wanted) throws IOException {
    for (String name : knownWorkstations()) {
      if (!wanted.contains(name)) {
        Launcher.end(marks(List.of(RunFolder.of(places.run(), name))), WORKSTATION_STOP_LIMIT);
        endStarters(name);
        Trees.delete(places.execute(name));
        Trees.delete(places.state().resolve(name));
        Files.deleteIfExists(places.identity(name));
        progress.step(name + " left the pool");
      }
    }
  }

  /**
   * Stops everything; what was acknowledged is kept. Nothing runs when this returns, whatever was
   * alive before.
   */
  public void down() throws IOException {
    if (!Files.isDirectory(places.run())) {
      return;
    }
    try (FileChannel channel = lockFile();
        FileLock _ = lock(channel)) {
      endWorkstations();
      for (String name : List.of("shadow-*", Member.SCHEDD, Member.SPAWNER, Member.MATCHMAKER)) {
        List<RunFolder> folders = runFolders(name);
        Launcher.end(marks(folders), STOP_LIMIT);
      }
      progress.step("daemons stopped");
      database().stop();
      progress.step("postgresql stopped");
      LentAccounts.freeThoseOf(places.run());
    }
    Trees.delete(places.run());
  }

  /** All workstations at the same time, since each gives its jobs time to end. */
  private void endWorkstations() throws IOException {
    Launcher.end(marks(runFolders(WORKSTATION + "[0-9]*")), WORKSTATION_STOP_LIMIT);
    for (String name : knownWorkstations()) {
      endStarters(name);
    }
    progress.step("workstations stopped");
  }

  /** Starters whose startd is dead: killing them kills their jobs. */
  private void endStarters(String workstation) throws IOException {
    Path execute = places.execute(workstation);
    if (!Files.isDirectory(execute)) {
      return;
    }
    List<Path> folders = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(execute)) {
      entries.forEach(folders::add);
    }
    Launcher.kill(marks(folders.stream().map(RunFolder::new).toList()));
    for (Path folder : folders) {
      Trees.delete(folder);
    }
  }

  private List<RunFolder> runFolders(String pattern) throws IOException {
    List<RunFolder> folders = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(places.run(), pattern)) {
      entries.forEach(entry -> folders.add(new RunFolder(entry)));
    }
    return folders;
  }

  private static List<ProcessMark> marks(List<RunFolder> folders) {
    return folders.stream().flatMap(folder -> folder.living().stream()).toList();
  }

  private FileChannel lockFile() throws IOException {
    return FileChannel.open(
        places.run().resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private FileLock lock(FileChannel channel) throws IOException {
    FileLock lock = channel.tryLock();
    if (lock == null) {
      throw new PoolFailure(
          "another 'urubu up' or 'urubu down' is at work in " + places.run() + ": wait for it");
    }
    return lock;
  }
}
