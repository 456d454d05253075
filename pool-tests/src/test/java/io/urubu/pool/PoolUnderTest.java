package io.urubu.pool;

import io.urubu.classad.ClassAd;
import io.urubu.command.CommandConnection;
import io.urubu.command.PoolException;
import io.urubu.command.presence.ProcessMark;
import io.urubu.command.presence.RunFolder;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A personal pool in a folder of its own, driven through the commands that a person types. */
final class PoolUnderTest implements AutoCloseable {
  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();

  private PoolUnderTest(Path folder) {
    this.folder = folder;
  }

  /** A pool that is not started yet. The folder's path is short, as socket addresses must be. */
  static PoolUnderTest create() throws IOException {
    Path folder = Files.createTempDirectory("urubu-test-");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    PoolUnderTest pool = new PoolUnderTest(folder);
    pool.environment.put("URUBU_POOL", folder.toString());
    // Nothing of the machine's owner or of a build leaks into the pool.
    pool.environment.put("HOME", pool.folder("home").toString());
    return pool;
  }

  /** A setting that every daemon of the pool sees. */
  PoolUnderTest with(String knob, String value) {
    environment.put("_URUBU_" + knob, value);
    return this;
  }

  Path folder() {
    return folder;
  }

  /** A folder beside the pool's own, made when missing. */
  Path folder(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  Path run() {
    return folder.resolve("run");
  }

  void up(int workstations) throws IOException {
    Cli.Result result = cli(folder, "up", "--workstations", Integer.toString(workstations));
    if (result.status() != 0) {
      throw new IOException("urubu up: " + result);
    }
  }

  /** Starts again what died. */
  void upAgain() throws IOException {
    Cli.Result result = cli(folder, "up");
    if (result.status() != 0) {
      throw new IOException("urubu up: " + result);
    }
  }

  Cli.Result cli(Path workingDirectory, String... arguments) throws IOException {
    return Cli.run(workingDirectory, environment, List.of(), arguments);
  }

  /** The command as another account of this host; only for root. */
  Cli.Result cliAs(String account, Path workingDirectory, String... arguments) throws IOException {
    return Cli.run(workingDirectory, environment, Accounts.become(account), arguments);
  }

  Map<String, String> environment() {
    return Map.copyOf(environment);
  }

  /** Job ads of the queue, or of the history. */
  List<ClassAd> jobs(boolean history) throws IOException {
    List<ClassAd> ads = new ArrayList<>();
    try (CommandConnection connection = CommandConnection.connect(scheddSocket())) {
      connection.call(
          ClassAd.builder()
              .put("Command", "Query")
              .put("AllUsers", true)
              .put("History", history)
              .build(),
          ads::add);
    } catch (PoolException e) {
      throw new IOException(e.code() + ": " + e.getMessage(), e);
    }
    return ads;
  }

  List<ClassAd> machines() throws IOException {
    List<ClassAd> ads = new ArrayList<>();
    try (CommandConnection connection = CommandConnection.connect(scheddSocket())) {
      connection.call(ClassAd.builder().put("Command", "Machines").build(), ads::add);
    } catch (PoolException e) {
      throw new IOException(e.code() + ": " + e.getMessage(), e);
    }
    return ads;
  }

  Path scheddSocket() {
    return RunFolder.of(run(), "schedd").socket();
  }

  /** The living daemon of that name. */
  Optional<ProcessMark> daemon(String name) {
    return RunFolder.of(run(), name).living();
  }

  /** Every living shadow. */
  List<ProcessMark> shadows() throws IOException {
    return living(run(), "shadow-*");
  }

  /** Every living starter of every workstation. */
  List<ProcessMark> starters() throws IOException {
    return living(starterFolders());
  }

  /** Those that have a run's scratch directory. */
  List<ProcessMark> startersWithRuns() throws IOException {
    List<Path> busy = new ArrayList<>();
    for (Path starter : starterFolders()) {
      if (hasRun(starter)) {
        busy.add(starter);
      }
    }
    return living(busy);
  }

  private static List<ProcessMark> living(List<Path> folders) {
    return folders.stream().flatMap(folder -> new RunFolder(folder).living().stream()).toList();
  }

  private static boolean hasRun(Path starterFolder) throws IOException {
    try (DirectoryStream<Path> runs = Files.newDirectoryStream(starterFolder, "dir_*")) {
      return runs.iterator().hasNext();
    }
  }

  private List<Path> starterFolders() throws IOException {
    List<Path> all = new ArrayList<>();
    try (DirectoryStream<Path> workstations =
        Files.newDirectoryStream(folder.resolve("state/execute"))) {
      for (Path workstation : workstations) {
        try (DirectoryStream<Path> starters = Files.newDirectoryStream(workstation, "s*")) {
          starters.forEach(all::add);
        }
      }
    }
    return all;
  }

  private static List<ProcessMark> living(Path parent, String pattern) throws IOException {
    List<ProcessMark> marks = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, pattern)) {
      entries.forEach(entry -> new RunFolder(entry).living().ifPresent(marks::add));
    }
    return marks;
  }

  /** The first process of the database. */
  Optional<Long> postmaster() throws IOException {
    Path file = folder.resolve("state/postgresql/data/postmaster.pid");
    return Files.exists(file)
        ? Optional.of(Long.parseLong(Files.readAllLines(file).getFirst().strip()))
        : Optional.empty();
  }

  /** Stops the pool and removes its folder; the caller checks before what is left. */
  @Override
  public void close() throws IOException {
    Cli.Result result = cli(folder, "down");
    if (result.status() != 0) {
      throw new IOException("urubu down: " + result);
    }
    Leftovers.assertNone(folder);
    if (Boolean.getBoolean("urubu.keep")) {
      return;
    }
    Folders.delete(folder);
  }
}
