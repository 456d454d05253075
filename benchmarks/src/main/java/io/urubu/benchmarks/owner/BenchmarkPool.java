package io.urubu.benchmarks.owner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A pool with one workstation in a folder of its own, driven by the urubu command. */
final class BenchmarkPool implements AutoCloseable {
  private static final long LIMIT_SECONDS = 180;

  private final Path folder;
  private final Map<String, String> settings = new TreeMap<>();

  private BenchmarkPool(Path folder) {
    this.folder = folder;
  }

  static BenchmarkPool create() throws IOException {
    Path folder = Files.createTempDirectory("urubu-bench-");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    BenchmarkPool pool = new BenchmarkPool(folder);
    Files.setPosixFilePermissions(pool.shared(), PosixFilePermissions.fromString("rwxrwxrwx"));
    pool.settings.put("URUBU_POOL", folder.toString());
    pool.settings.put("HOME", Files.createDirectories(folder.resolve("home")).toString());
    pool.with("SANDBOX_WRITABLE", pool.shared().toString());
    return pool;
  }

  BenchmarkPool with(String knob, String value) {
    settings.put("_URUBU_" + knob, value);
    return this;
  }

  /** A folder that jobs may write, too. */
  Path shared() throws IOException {
    return Files.createDirectories(folder.resolve("shared"));
  }

  Path work() throws IOException {
    return Files.createDirectories(folder.resolve("work"));
  }

  Path socket(String daemon) {
    return folder.resolve("run").resolve(daemon).resolve("command.sock");
  }

  /** Runs {@code urubu} with these words. */
  void urubu(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("urubu.home"), "bin", "urubu").toString());
    command.addAll(List.of(words));
    run(command);
  }

  /** Runs any program in the work folder. */
  void run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(work().toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(settings);
    Process process = builder.start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(String.join(" ", command) + " did not end well");
    }
  }

  @Override
  public void close() throws IOException {
    try {
      urubu("down");
      run(List.of("rm", "-rf", folder.toString()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
